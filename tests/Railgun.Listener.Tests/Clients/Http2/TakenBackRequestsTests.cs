using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Railgun.Listener.Clients;
using Railgun.Listener.Clients.Http2;

namespace Railgun.Listener.Tests.Clients.Http2;

/// <summary>Which requests a connection pays for.</summary>
internal sealed class TakenBackRequestsTests
{
    [Test]
    public async Task One_that_ends_after_its_answer_has_begun_costs_nothing()
    {
        var account = new ConnectionAccount(new FakeTimeProvider());
        await ServeAsync(account, static (client, gone) =>
        {
            client.NoteFirstByte();
            gone.Cancel();
        });
        Assert.That(account.TryTake(ConnectionAccount.MostPoints), Is.True);
    }

    [Test]
    public async Task One_that_is_taken_back_before_costs_its_points_whatever_is_written_then()
    {
        var account = new ConnectionAccount(new FakeTimeProvider());
        await ServeAsync(account, static (client, gone) =>
        {
            gone.Cancel();
            client.NoteFirstByte();
        });
        Assert.That(account.TryTake(ConnectionAccount.MostPoints - ConnectionAccount.TakenBack), Is.True);
        Assert.That(account.TryTake(1), Is.False);
    }

    private static async Task ServeAsync(ConnectionAccount account, Action<ClientRequest, CancellationTokenSource> serve)
    {
        using var gone = new CancellationTokenSource();
        var http = new DefaultHttpContext { RequestAborted = gone.Token };
        http.Request.Protocol = "HTTP/2";
        http.Features.Set(account);
        await TakenBackRequests.InvokeAsync(http, served =>
        {
            var client = new ClientRequest(served, new FakeTimeProvider()) { TellsSaving = false };
            served.Features.Set(client);
            serve(client, gone);
            return Task.CompletedTask;
        });
    }
}
