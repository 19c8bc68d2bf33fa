namespace Railgun.Try.Visits;

/// <summary>One request to make.</summary>
/// <param name="Path">What to ask for.</param>
/// <param name="IsFirst">Whether the page is asked for the first time, so that the link can hold no version of it.</param>
/// <param name="Events">For an event stream: how many events to wait for before leaving; 0 for a body that ends.</param>
internal readonly record struct Visit(string Path, bool IsFirst, int Events = 0);
