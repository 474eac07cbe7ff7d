using Pcapper.Engine;
using Pcapper.Modules.Protocols.Gssapi;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Takes the NTLM and SPNEGO tokens out of the authentication fields of a connection (RFC 4559), in the order of its transactions.</summary>
internal sealed class HttpNegotiation(FlowContext flow, RecordBus bus)
{
    private const string Carrier = "http";
    private const int MostToken = Limits.Message;
    private const int Forbidden = 403;   // who is known may still not be allowed

    private GssapiTracker? _server;
    private GssapiTracker? _proxy;

    /// <summary>Takes what a transaction carries.</summary>
    public void Take(HttpTransaction transaction, Direction requests)
    {
        Take(ref _server, transaction.Request, "Authorization", requests);
        Take(ref _proxy, transaction.Request, "Proxy-Authorization", requests);
        Take(ref _server, transaction.Response, "WWW-Authenticate", requests.Opposite());
        Take(ref _proxy, transaction.Response, "Proxy-Authenticate", requests.Opposite());
        Settle(_server, transaction, transaction.Response?.Status == Forbidden ? null : HttpLogins.Outcome(transaction.Response));
        Settle(_proxy, transaction, HttpLogins.ProxyOutcome(transaction.Response));
    }

    // An answer to a request that was lost says nothing of the login before it.
    private static void Settle(GssapiTracker? tracker, HttpTransaction transaction, bool? success)
    {
        if (transaction is { Request: not null, Response: { } response })
        {
            tracker?.Ntlm.Settle(success, (uint)response.Status);
        }
        else
        {
            tracker?.End();
        }
    }

    private void Take(ref GssapiTracker? tracker, HttpMessage? message, string field, Direction direction)
    {
        if (message is null)
        {
            return;
        }

        foreach ((string name, string value) in message.Fields)
        {
            if (!name.Equals(field, StringComparison.OrdinalIgnoreCase) || Token(value) is not { Length: > 0 } token)
            {
                continue;
            }

            tracker ??= new GssapiTracker(flow, bus, Carrier);
            tracker.Take(direction, token, message.Frame, message.Time);
        }
    }

    private static byte[]? Token(string value)
    {
        int space = value.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || value.Length > MostToken)
        {
            return null;
        }

        ReadOnlySpan<char> scheme = value.AsSpan(0, space);
        if (!scheme.Equals("NTLM", StringComparison.OrdinalIgnoreCase) && !scheme.Equals("Negotiate", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string text = value[(space + 1)..].Trim();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }
}
