using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Railgun.Sender.Origin;

/// <summary>Says in the operator's words what the HTTP client's exceptions mean.</summary>
internal sealed class OriginFault(OriginAddress address, OriginOptions options)
{
    /// <summary>A failure before the head was complete.</summary>
    public OriginFailure BeforeHead(Exception exception, Deadline deadline)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case SocketException socket when exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }:
                    return Unreachable(socket.SocketErrorCode);
                case TimeoutException:
                    return new(OriginFailureKind.ConnectTimedOut,
                        $"no connection to {address} within {Text(options.ConnectTimeout)}; check that the web server runs and that no firewall drops the packets");
                case AuthenticationException:
                    return new(OriginFailureKind.Unreachable,
                        $"TLS with {address} failed: {OneLine(e.Message)}; check its certificate and origin.tlsName");
            }
        }

        return deadline.TimedOut
            ? NoHeadInTime()
            : Incomplete(exception);
    }

    /// <summary>A connection of our own did not come about.</summary>
    public OriginFailure Connecting(Exception exception, Deadline deadline) => exception switch
    {
        Http1.PoolExhaustedException => new(OriginFailureKind.Exhausted,
            $"all {options.Connections} connections to {address} are in use (origin.connections)"),
        SocketException socket => Unreachable(socket.SocketErrorCode),
        IOException => new(OriginFailureKind.Unreachable, $"TLS with {address} failed: {OneLine(exception.Message)}; check that it speaks TLS at all"),
        _ => BeforeHead(exception, deadline),
    };

    /// <summary>A connection of our own was there, but no answer came on it.</summary>
    public OriginFailure NoAnswer(Exception exception, Deadline deadline) =>
        deadline is { TimedOut: true, WasTaking: true }
            ? new(OriginFailureKind.WriteTimedOut, $"{address} took nothing of the request for {Text(options.WriteTimeout)}; check what the web server is busy with")
            : deadline.TimedOut ? NoHeadInTime() : Incomplete(exception);

    /// <summary>A head beyond the limits.</summary>
    public OriginFailure TooLargeHead(string how) => new(OriginFailureKind.LimitExceeded, $"the response from {address} is refused: its head {how}");

    /// <summary>A failure within the body that was seen in its bytes.</summary>
    public OriginFailure BrokenBody(string how) => new(OriginFailureKind.BodyBroken, $"{address} broke off in the middle of a body: {how}");

    /// <summary>A failure within the body.</summary>
    public OriginFailure InBody(Exception exception, Deadline deadline) => deadline.TimedOut
        ? new(OriginFailureKind.BodyTimedOut, $"{address} sent nothing for {Text(options.BodyTimeout)} in the middle of a body")
        : new(OriginFailureKind.BodyBroken, $"{address} broke off in the middle of a body: {OneLine(exception.Message)}");

    /// <summary>Nobody waits any more.</summary>
    public static OriginFailure Abandoned { get; } = new(OriginFailureKind.Abandoned, "nobody waits for the answer any more");

    /// <summary>A head that is not passed on.</summary>
    public OriginFailure BadHead(string reason) => new(OriginFailureKind.NoHead, $"the response from {address} is refused: {reason}");

    /// <summary>A request that can't be put.</summary>
    public static OriginFailure Unsendable(string reason) => new(OriginFailureKind.Unsendable, reason);

    private OriginFailure NoHeadInTime() => new(
        OriginFailureKind.HeadTimedOut, $"no response from {address} within {Text(options.HeadTimeout)}; check what the web server is busy with");

    private OriginFailure Unreachable(SocketError error) => new(OriginFailureKind.Unreachable, error switch
    {
        SocketError.ConnectionRefused => $"connection refused at {address}; check that the web server runs and listens there",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"no address found for {address.Host}; check the name in origin.url",
        SocketError.TimedOut => $"no connection to {address}: it does not answer; check that no firewall drops the packets",
        _ => $"no connection to {address} ({error}); check origin.url and the network",
    });

    private OriginFailure Incomplete(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new(OriginFailureKind.LimitExceeded, $"the response head from {address} is longer than allowed"),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } =>
            new(OriginFailureKind.NoHead, $"what {address} answered is not HTTP: {OneLine(exception.Message)}"),
        _ => new(OriginFailureKind.NoHead, $"{address} closed the connection before it had answered: {OneLine((exception.InnerException ?? exception).Message)}"),
    };

    private static string Text(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
