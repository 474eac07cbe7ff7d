using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tds;

/// <summary>What a server answers a login with (MS-TDS, 2.2.7).</summary>
/// <param name="Success">Whether it let the client in, or null if it does not say.</param>
/// <param name="Token">The token of SSPI that goes on; empty if there is none.</param>
/// <param name="Software">The product, raw, or null.</param>
internal readonly record struct TdsAnswer(bool? Success, byte[] Token, string? Software)
{
    private const byte Error = 0xAA;
    private const byte Info = 0xAB;
    private const byte LoginAck = 0xAD;
    private const byte EnvironmentChange = 0xE3;
    private const byte Sspi = 0xED;
    private const int MostTokens = 64;

    // Errors of logins: 18400 to 18499 (SQL Server, error messages of class 14), and 4060, no such database.
    private const uint FirstLoginError = 18400;
    private const uint LastLoginError = 18499;

    /// <summary>Reads the tokens of an answer, up to one of another kind.</summary>
    public static TdsAnswer Read(ReadOnlySpan<byte> body)
    {
        bool? success = null;
        byte[] token = [];
        string? software = null;
        var reader = new WireReader(body);
        for (int i = 0; i < MostTokens && !reader.Overrun && reader.Remaining > 0; i++)
        {
            byte type = reader.U8();
            if (type is not (Error or Info or LoginAck or EnvironmentChange or Sspi))
            {
                break;
            }

            ReadOnlySpan<byte> content = reader.Take(reader.U16Little());
            switch (type)
            {
                case LoginAck:
                    success = true;
                    software = Acknowledged(content);
                    break;
                case Error when new WireReader(content).U32Little() is >= FirstLoginError and <= LastLoginError:
                    success = false;
                    break;
                case Sspi:
                    token = content.ToArray();
                    break;
            }
        }

        return new TdsAnswer(success, token, software);
    }

    // Interface, version of TDS, name with its length in characters, version of the program.
    private static string? Acknowledged(ReadOnlySpan<byte> content)
    {
        var reader = new WireReader(content);
        reader.Skip(1 + 4);
        ReadOnlySpan<byte> name = reader.Take(reader.U8() * 2);
        byte major = reader.U8();
        byte minor = reader.U8();
        ushort build = reader.U16();
        return reader.Overrun ? null : FormattableString.Invariant($"{Utf16Text.Decode(name).TrimEnd('\0')}/{major}.{minor}.{build}");
    }
}
