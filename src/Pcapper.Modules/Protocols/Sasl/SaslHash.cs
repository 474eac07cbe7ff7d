using System.Text;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Sasl;

/// <summary>Writes challenges and responses of text protocols as hashcat reads them.</summary>
internal static class SaslHash
{
    private const int LongestChallenge = 55;
    private const int ShortestEncodedResponse = 44;
    private const int LongestEncodedResponse = 132;
    private const int Digest = 32;
    private const int LongestTimestamp = 255;

    /// <summary>Gets the line of a CRAM-MD5 exchange (mode 10200), or null.</summary>
    /// <param name="challenge">What the server sent, decoded, a character a byte.</param>
    /// <param name="response">What the client sent: user, space, digest.</param>
    public static HashLine? CramMd5(string challenge, string response)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(response));
        bool isDigest = response.Length > Digest + 1 && response[^(Digest + 1)] == ' ' && response[^Digest..].All(char.IsAsciiHexDigitLower);
        return isDigest && challenge.Length is > 0 and <= LongestChallenge && encoded.Length is >= ShortestEncodedResponse and <= LongestEncodedResponse
            ? new(10200, $"$cram_md5${Convert.ToBase64String(Encoding.Latin1.GetBytes(challenge))}${encoded}") : null;
    }

    /// <summary>Gets the line of an APOP login (RFC 1939, 7): MD5 of the greeting's time stamp and the password (mode 20), or null.</summary>
    public static HashLine? Apop(string timestamp, string digest)
        => digest.Length == Digest && digest.All(char.IsAsciiHexDigitLower) && timestamp.Length is > 0 and <= LongestTimestamp && timestamp.All(char.IsAscii)
            ? new(20, $"{digest}:{timestamp}") : null;
}
