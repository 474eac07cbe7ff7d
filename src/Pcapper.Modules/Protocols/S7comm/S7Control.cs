using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>What a job names: a block that is transferred, or a service of the controller.</summary>
/// <param name="Service">The service, or null.</param>
/// <param name="Block">The block or file, or null.</param>
/// <param name="IsBroken">Whether the parameters ended too early.</param>
internal readonly record struct S7Control(string? Service, string? Block, bool IsBroken)
{
    private const int LongestName = 64;

    /// <summary>Reads the parameters of a job.</summary>
    public static S7Control Read(ReadOnlySpan<byte> parameter)
    {
        var reader = new WireReader(parameter);
        string? service = null;
        string? block = null;
        switch (reader.U8())
        {
            case S7Calls.RequestDownload or S7Calls.StartUpload:
                reader.Skip(7);
                block = Name(reader.Take(reader.U8()));
                break;
            case S7Calls.Control:
                reader.Skip(7);
                ReadOnlySpan<byte> argument = reader.Take(reader.U16());
                service = Name(reader.Take(reader.U8()));
                block = service is "_INSE" or "_DELE" && argument.Length > 2 ? Name(argument[2..]) : null;
                break;
            case S7Calls.Stop:
                reader.Skip(5);
                service = Name(reader.Take(reader.U8()));
                break;
        }

        return new S7Control(service, block, reader.Overrun);
    }

    /// <summary>Writes a block's name as engineers do: <c>DB 1</c>; other names stay.</summary>
    public static string Text(string name)
    {
        // _0A00001P: underscore, type, number of five digits, file system. Services leave the underscore out.
        string bare = name.TrimStart('_');
        return bare.Length >= 7 && bare[..2] is ['0' or '1', var type] && int.TryParse(bare.AsSpan(2, 5), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number)
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Type(type)} {number}")
            : name;
    }

    private static string Type(char type) => type switch
    {
        '8' => "OB",
        'A' => "DB",
        'B' => "SDB",
        'C' => "FC",
        'D' => "SFC",
        'E' => "FB",
        'F' => "SFB",
        _ => $"block type {type}",
    };

    private static string? Name(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : WireText.Decode(bytes[..Math.Min(bytes.Length, LongestName)]);
}
