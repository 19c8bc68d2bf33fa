namespace Railgun.Protocol.Transport;

/// <summary>What the sender does with each exchange that a listener opens.</summary>
internal interface IExchangeHandler
{
    /// <summary>Answers one exchange. Runs on the thread pool; a fault it throws resets this exchange only.</summary>
    Task HandleAsync(SenderExchange exchange);
}
