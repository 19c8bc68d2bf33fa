using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Railgun.Listener.Clients;
using Railgun.Listener.Forwarding;
using Railgun.Listener.Tests.Support;
using Railgun.Protocol.Heads;

namespace Railgun.Listener.Tests.Forwarding;

/// <summary>An upload that waits for 100 Continue while its try fails: another try may send the body only if this one has taken nothing of it.</summary>
internal sealed class RequestUploadTests
{
    [Test]
    public async Task A_body_is_copied_only_if_it_had_begun_when_its_try_failed([Range(0, 200)] int round)
    {
        var content = new NotedContent();
        var head = new RequestHead { Method = "PUT", Scheme = "http", Authority = "shop.example", Target = "/" };
        await using var exchange = new FakeExchange(1, head, hasBody: true, [], epoch: 1);
        using var message = new HttpRequestMessage(HttpMethod.Put, "http://shop.railgun/") { Content = content };
        message.Headers.ExpectContinue = true;
        RequestUpload upload = RequestUpload.Start(message, Client(), exchange, TimeProvider.System, default);
        Task told = Task.Run(upload.Continue);
        if (round % 2 == 0)
        {
            await told;
        }

        upload.Stop();
        bool begun = upload.Begun;
        await exchange.Completed.WaitAsync(Patience.Limit);
        Assert.That((content.IsCopied, upload.Begun), Is.EqualTo((begun, begun)));
    }

    private static ClientRequest Client()
    {
        var http = new DefaultHttpContext();
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/";
        return new ClientRequest(http, TimeProvider.System) { TellsSaving = false };
    }

    private sealed class NotedContent : HttpContent
    {
        public bool IsCopied { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            IsCopied = true;
            return Task.CompletedTask;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
