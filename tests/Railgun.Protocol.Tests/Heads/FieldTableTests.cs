using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Tests.Heads;

internal sealed class FieldTableTests
{
    private static readonly Place Start = Place.Start(StaticNames.FirstRoot);

    [Test]
    public void The_entry_not_used_for_longest_makes_room()
    {
        var table = new FieldTable(4 * 50);
        int[] slots = [.. Enumerable.Range(0, 4).Select(i => Enter(table, "Age", $"{i}".PadLeft(15)))];
        Assert.That(table.Bytes, Is.EqualTo(200));
        table.Touch(slots[0]);
        Enter(table, "Age", "new".PadLeft(15));
        Assert.That((table.ValueOf(slots[0]).Trim(), table.ValueOf(slots[1]).Trim(), table.Bytes), Is.EqualTo(("0", "new", 200)));
    }

    [Test]
    public void The_largest_table_is_filled_to_the_byte_and_with_one_entry_more_the_oldest_goes()
    {
        const int Entry = 128;
        var table = new FieldTable(FieldTable.MaxBytes);
        int[] slots = [.. Enumerable.Range(0, FieldTable.MaxBytes / Entry).Select(i => Enter(table, "Age", Padded(i)))];
        Assert.That((table.Bytes, slots.Count(table.Holds)), Is.EqualTo((FieldTable.MaxBytes, slots.Length)));
        int newest = Enter(table, "Age", Padded(slots.Length));
        Assert.That((table.Bytes, newest, table.ValueOf(newest)), Is.EqualTo((FieldTable.MaxBytes, slots[0], Padded(slots.Length))), "in the place of the oldest");

        static string Padded(int i) => $"{i}".PadLeft(Entry - 32 - "Age".Length);
    }

    [Test]
    public void A_quarter_of_the_table_is_entered_and_one_byte_more_is_not()
    {
        var table = new FieldTable(400);
        Assert.That(Enter(table, "Age", new string('x', 100 - 32 - 3)), Is.Not.EqualTo(FieldTable.None));
        Assert.That(Enter(table, "Age", new string('x', 100 - 32 - 2)), Is.EqualTo(FieldTable.None));
    }

    [Test]
    public void There_are_no_more_entries_than_slots()
    {
        var table = new FieldTable(FieldTable.MaxBytes);
        for (int i = 0; i < FieldTable.MaxSlots; i++)
        {
            Enter(table, "Age", i.ToString(null, null));
        }

        int reused = Enter(table, "Age", "x");
        Assert.That((reused, table.Names.State(StaticName("Age")).Entries), Is.EqualTo((0, FieldTable.MaxSlots)));
    }

    [Test]
    public void What_followed_last_is_predicted_until_it_makes_room()
    {
        var table = new FieldTable(4 * 50);
        int first = Enter(table, "Age", "first".PadLeft(15));
        table.Follow(Start, first);
        Assert.That(table.Predict(Start), Is.EqualTo(first));
        var behind = new Place(table.NameOf(first), first, AtStart: false);
        Assert.That(table.Predict(behind), Is.EqualTo(FieldTable.None));
        table.Follow(behind, FieldTable.End);
        Assert.That(table.Predict(behind), Is.EqualTo(FieldTable.End));
        for (int i = 0; i < 3; i++)
        {
            Enter(table, "Age", $"{i}".PadLeft(15));
        }

        int piece = table.Enter(StaticNames.FirstPieces, "piece".PadLeft(18), -1);
        Assert.That(piece, Is.EqualTo(first));
        Assert.That(table.Predict(Start), Is.EqualTo(FieldTable.None), "a piece has its slot now");
    }

    [Test]
    public void Ranks_count_what_was_used_since_and_not_what_was_skipped()
    {
        var table = new FieldTable(4096);
        int a = Enter(table, "Age", "a");
        int b = Enter(table, "Age", "b");
        int c = Enter(table, "Age", "c");
        table.Touch(a);
        Assert.That((table.RankOf(a, FieldTable.None), table.RankOf(c, FieldTable.None), table.RankOf(b, FieldTable.None)), Is.EqualTo((0, 1, 2)));
        Assert.That(table.RankOf(b, skipped: c), Is.EqualTo(1));
        for (int rank = 0; rank < 2; rank++)
        {
            Assert.That(table.RankOf(table.AtRank(StaticName("Age"), rank, skipped: a), skipped: a), Is.EqualTo(rank));
        }
    }

    [Test]
    public void A_name_goes_with_its_last_entry_and_its_number_is_used_again()
    {
        var table = new FieldTable(4 * 50);
        int name = table.Names.Add("X-New");
        table.Names.Hold(name);
        int slot = table.Enter(name, "v".PadLeft(13), -1);
        Assert.That(table.Names.LetGo(name), Is.True);
        for (int i = 0; i < 4; i++)
        {
            Enter(table, "Age", $"{i}".PadLeft(15));
        }

        Assert.That((slot, table.Names.IsField(name)), Is.EqualTo((0, false)));
        Assert.That(table.Names.Add("X-Newer"), Is.EqualTo(name));
        table.Names.Hold(name);
        Assert.That(table.Names.LetGo(name), Is.False, "it never had an entry");
        Assert.That(table.Names.LetGo(StaticName("Age")), Is.True, "static names stay");
    }

    [Test]
    public void Names_that_followed_are_in_order_of_the_last_time()
    {
        var names = new NameTable();
        for (int next = 10; next < 10 + NameTable.MaxSuccessors + 1; next++)
        {
            names.Follow(9, next);
        }

        names.Follow(9, 12);
        Assert.That(names.Successors(9).ToArray(), Is.EqualTo(new short[] { 12, 18, 17, 16, 15, 14, 13, 11 }));
        Assert.That(names.Successors(10).ToArray(), Has.All.EqualTo(-1));
    }

    [Test]
    public void The_date_is_that_of_the_last_date_field()
    {
        var table = new FieldTable(4096);
        int first = table.Enter(StaticName("Date"), FixDate.Text(5), 5);
        table.Enter(StaticName("date"), FixDate.Text(7), 7);
        table.Enter(StaticName("Expires"), FixDate.Text(9), 9);
        Assert.That(table.Date, Is.EqualTo(7));
        table.Touch(first);
        Assert.That(table.Date, Is.EqualTo(5));
    }

    [Test]
    public void A_history_is_the_last_four_outcomes()
    {
        byte history = History.Empty;
        List<int> seen = [];
        foreach (bool yes in new[] { true, false, true, true, true, true, false })
        {
            History.Append(ref history, yes);
            seen.Add(history);
        }

        Assert.That(seen, Is.EqualTo(new[] { 0b11, 0b110, 0b1101, 0b11011, 0b10111, 0b11111, 0b11110 }));
    }

    private static int Enter(FieldTable table, string name, string value) => table.Enter(StaticName(name), value, -1);

    private static int StaticName(string text) => Enumerable.Range(0, StaticNames.Count).Single(i => StaticNames.Text(i) == text);
}
