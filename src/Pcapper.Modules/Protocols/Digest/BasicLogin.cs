using System.Text;

namespace Pcapper.Modules.Protocols.Digest;

/// <summary>The Basic scheme (RFC 7617, 2): user, colon and password, in base64.</summary>
internal static class BasicLogin
{
    /// <summary>Reads what follows <c>Basic </c>; null if it is no base64.</summary>
    public static (string? User, string? Secret)? Read(string value)
    {
        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, bytes, out int length))
        {
            return null;
        }

        string text = Encoding.Latin1.GetString(bytes, 0, length);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
