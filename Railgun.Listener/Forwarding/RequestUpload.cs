using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Railgun.Listener.Clients;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// Sends a client's request body, beside the reading of the answer. With <c>Expect: 100-continue</c> it waits for the origin's word, but not for ever, as
/// origins that know nothing of it say none (RFC 9110 section 10.1.1). Step 3 of a request's life.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The stream holds nothing.")]
internal sealed class RequestUpload
{
    /// <summary>How long a body waits for <c>100 Continue</c>.</summary>
    public static readonly TimeSpan ContinueTimeout = TimeSpan.FromSeconds(1);

    private const int Waiting = 0;
    private const int Copying = 1;
    private const int Stopped = 2;

    private readonly HttpContent _content;
    private readonly ClientRequest _client;
    private readonly ListenerExchange _exchange;
    private readonly ExchangeRequestStream _stream;
    private readonly TaskCompletionSource<bool>? _continue;
    private int _state = Waiting;

    private RequestUpload(HttpContent content, ClientRequest client, ListenerExchange exchange, bool waits)
    {
        (_content, _client, _exchange) = (content, client, exchange);
        _stream = new ExchangeRequestStream(exchange);
        _continue = waits ? new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously) : null;
    }

    /// <summary>Whether bytes may have been taken from the client. After <see cref="Stop"/> this changes no more.</summary>
    public bool Begun => Volatile.Read(ref _state) == Copying;

    /// <summary>What was wrong with the client's body, where it broke off; null else. Set before the exchange ends for it.</summary>
    public Fault? Broken { get; private set; }

    /// <summary>Begins to send the body of <paramref name="message"/>.</summary>
    public static RequestUpload Start(HttpRequestMessage message, ClientRequest client, ListenerExchange exchange, TimeProvider time, CancellationToken cancellation)
    {
        bool waits = message.Headers.ExpectContinue == true;
        var upload = new RequestUpload(message.Content!, client, exchange, waits);
        _ = upload.RunAsync(time, cancellation);
        return upload;
    }

    /// <summary><c>100 Continue</c> has come.</summary>
    public void Continue() => _continue?.TrySetResult(true);

    /// <summary>The final head has come: after a refusal, a body that still waits is not sent at all.</summary>
    public void Answered(int status) => _continue?.TrySetResult(status < 300);

    /// <summary>The answer is complete, or there is none: a body that still waits is left to the client, so that another try can send it.</summary>
    public void Stop()
    {
        Interlocked.CompareExchange(ref _state, Stopped, Waiting);
        _continue?.TrySetResult(false);
        _stream.Stop();
    }

    private async Task RunAsync(TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            bool goesOn = _continue is null || await MayGoOnAsync(time, cancellation);
            if (!goesOn || Interlocked.CompareExchange(ref _state, Copying, Waiting) != Waiting)
            {
                _exchange.Complete();
                return;
            }

            await _content.CopyToAsync(_stream, cancellation);
            _exchange.Complete(Trailers());
        }
        catch (Exception e)
        {
            // Nobody may take the part for the whole.
            Broken = FaultIn(e);
            _exchange.Abort(ResetCode.Cancelled, "the request's body broke off");
        }
    }

    private async Task<bool> MayGoOnAsync(TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await _continue!.Task.WaitAsync(ContinueTimeout, time, cancellation);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    // Whatever else it was, the client is gone, or the answer came first.
    private static Fault? FaultIn(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is BadHttpRequestException bad)
            {
                return bad.StatusCode == StatusCodes.Status408RequestTimeout
                    ? new Fault(Stage.Client, ResetCode.TimedOut, "the request's body came slower than clients.leastRate")
                    : new Fault(Stage.Client, ResetCode.Refused, "the request's body can't be read: " + bad.Message);
            }
        }

        return null;
    }

    private FieldList? Trailers()
    {
        if (_client.Http.Features.Get<IHttpRequestTrailersFeature>() is not { Available: true, Trailers.Count: > 0 } feature)
        {
            return null;
        }

        if (AmbiguousRequest.ProblemOfTrailers(_client.Http, feature.Trailers) is { } problem)
        {
            throw new BadHttpRequestException(problem);
        }

        var trailers = new FieldList(feature.Trailers.Count);
        foreach (KeyValuePair<string, StringValues> trailer in feature.Trailers)
        {
            foreach (string? value in trailer.Value)
            {
                trailers.Add(trailer.Key, OwnLength.Plain(value ?? ""));
            }
        }

        return trailers;
    }
}
