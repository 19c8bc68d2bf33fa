using Microsoft.AspNetCore.Http;
using Railgun.Listener.Rebuilding;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Tests.Rebuilding;

/// <summary>Who asks, where routes may have changed the credentials.</summary>
internal sealed class AskingClientTests
{
    private static readonly CredentialRules Rules = new(new CredentialOptions());

    [Test]
    public void A_client_without_credentials_is_anonymous_and_one_with_its_own_is_itself()
    {
        Assert.That(Of([], []), Is.EqualTo(default(AskingClient)));
        AskingClient alice = Of([("Cookie", "s=alice"), ("Authorization", "a")], [("Cookie", "s=alice"), ("Authorization", "a")]);
        Assert.That((alice.IsShared, alice.IsApart), Is.EqualTo((false, false)));
        Assert.That(alice.Principal.IsAnonymous, Is.False);
    }

    [Test]
    public void A_key_that_a_route_adds_is_shared_by_all_clients_without_credentials()
    {
        AskingClient one = Of([("X-Api-Key", "the site's")], []);
        AskingClient other = Of([("X-Api-Key", "the site's")], [("User-Agent", "x")]);
        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.IsShared && one.IsApart);
        Assert.That(one.Principal.IsAnonymous, Is.False);
    }

    [Test]
    public void A_key_in_place_of_the_users_own_does_not_make_them_one()
    {
        AskingClient alice = Of([("Authorization", "the site's")], [("Authorization", "alice")]);
        AskingClient bob = Of([("Authorization", "the site's")], [("Authorization", "bob")]);
        Assert.That(alice, Is.Not.EqualTo(bob));
        Assert.That(alice, Is.EqualTo(Of([("Authorization", "the site's")], [("Authorization", "alice")])));
        Assert.That((alice.IsShared, alice.Principal.IsAnonymous), Is.EqualTo((false, false)));
    }

    [Test]
    public void Users_whom_the_sender_can_not_tell_apart_take_no_fresh_bodies()
    {
        using var store = new VersionStore(new VersionStoreOptions());
        var chooser = new OfferChooser(store, Rules, new UncodedPages());
        var client = new HeaderDictionary { ["Authorization"] = "alice" };
        using OfferedVersions told = chooser.Choose(Head([("Authorization", "alice")]), "sender", client);
        Assert.That(told.TakesFresh);
        using OfferedVersions replaced = chooser.Choose(Head([("Authorization", "the site's")]), "sender", client);
        Assert.That(replaced.TakesFresh, Is.False);
    }

    [Test]
    public void Credentials_that_a_route_takes_away_count_no_longer()
    {
        Assert.That(Of([], [("Cookie", "s=alice")]), Is.EqualTo(default(AskingClient)));
    }

    [Test]
    public void Cookies_in_one_field_and_in_two_are_the_same_user()
    {
        AskingClient split = Of([("Cookie", "a=1; b=2")], [("Cookie", "a=1"), ("Cookie", "b=2")]);
        Assert.That(split, Is.EqualTo(Of([("Cookie", "a=1; b=2")], [("Cookie", "a=1; b=2")])));
    }

    private static AskingClient Of((string Name, string Value)[] told, (string Name, string Value)[] own)
    {
        RequestHead head = Head(told);
        var client = new HeaderDictionary();
        foreach ((string name, string value) in own)
        {
            client.Append(name, value);
        }

        return AskingClient.Of(head, client, Rules);
    }

    private static RequestHead Head((string Name, string Value)[] fields)
    {
        var head = new RequestHead { Method = "GET", Scheme = "http", Authority = "shop.example", Target = "/" };
        foreach ((string name, string value) in fields)
        {
            head.Fields.Add(name, value);
        }

        return head;
    }
}
