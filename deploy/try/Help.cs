namespace Railgun.Try;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Help
{
    /// <summary>The text.</summary>
    public const string Text = """
        Shows Railgun at work, on this machine alone.

            deploy/try.sh                                a small newspaper that changes with each view is the origin
            deploy/try.sh --origin http://localhost:8080/news
                                                         in front of your own site: this page and some that it links to
            deploy/try.sh --pages FOLDER                 replays page histories: FOLDER/PAGE/0001.html, 0002.html, …
                                                         (or .json, .xml, …); each request gets the next version
            deploy/try.sh origin                         only serves the origin, for a pair that you run yourself

            --once        end after the table; exit code 0 only if every body arrived byte-exact.
                          A run without a terminal always ends there.
            --http PORT   where to serve clients; default: 8080, or any free port
            --seed N      what the newspaper is made from; the same seed replays the same run; default: 1

        It starts three things on 127.0.0.1, each sender and listener with a key of its own in a temporary folder:

            client ── HTTP ──> listener ══ link (TLS 1.3) ══ sender ── HTTP ──> origin

        pairs the two with the commands that you would type, makes real requests through the listener, and prints a row for each:

            path        what was asked for
            body        its bytes, as the client got them
            link down   bytes of this answer on the link, from the sender to the listener, before TLS
            link up     likewise the request, from the listener to the sender
            share       link down as a part of the body
            first ms    until the first byte of the answer
            last ms     until its last byte
            base        what the body was coded against: "/news #2" is the second answer for /news; or why there was nothing

        Every body is held against what the origin itself sent. Below the table stands what crossed the link in all, TLS included,
        beside gzip and brotli of the same bodies. Then it stays up, and says which addresses to open, until Ctrl-C.

        """;
}
