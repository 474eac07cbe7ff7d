using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>What a message of user data says.</summary>
internal readonly record struct S7UserData
{
    private const int PasswordLength = 8;
    private const byte PasswordMask = 0x55;
    private const int MostRecords = 32;

    /// <summary>Gets type and group as they stand in the message.</summary>
    public byte Function { get; private init; }

    /// <summary>Gets the group.</summary>
    public int Group => Function & 0x0F;

    /// <summary>Gets a value indicating whether it asks.</summary>
    public bool IsRequest => Function >> 4 == 4;

    /// <summary>Gets a value indicating whether it answers.</summary>
    public bool IsResponse => Function >> 4 == 8;

    /// <summary>Gets the sub-function.</summary>
    public byte SubFunction { get; private init; }

    /// <summary>Gets the error of an answer, or null.</summary>
    public int? Error { get; private init; }

    /// <summary>Gets the number of the system status list, or null.</summary>
    public int? List { get; private init; }

    /// <summary>Gets the index in it.</summary>
    public int Index { get; private init; }

    /// <summary>Gets the password entered, or null.</summary>
    public string? Password { get; private init; }

    /// <summary>Gets what the controller says of itself.</summary>
    public List<S7Identity>? Identities { get; private init; }

    /// <summary>Gets a value indicating whether the parameters ended too early.</summary>
    public bool IsBroken { get; private init; }

    /// <summary>Reads one.</summary>
    public static S7UserData Read(ReadOnlySpan<byte> parameter, ReadOnlySpan<byte> data, bool isToServer)
    {
        var reader = new WireReader(parameter);
        reader.Skip(3);
        int length = reader.U8();
        reader.Skip(1);
        byte function = reader.U8();
        byte subFunction = reader.U8();
        reader.Skip(1);
        bool isBroken = reader.Overrun;
        int? error = null;
        if (length >= 8)
        {
            reader.Skip(2);
            error = reader.U16();
            isBroken |= reader.Overrun;
        }

        var message = new S7UserData { Function = function, SubFunction = subFunction, Error = error, IsBroken = isBroken };
        var content = new WireReader(data);
        content.Skip(2);
        ReadOnlySpan<byte> bytes = content.Take(content.U16());
        if (isBroken || content.Overrun)
        {
            return message;
        }

        return (message.Group, subFunction) switch
        {
            (4, 1) when bytes.Length >= 4 => message.WithList(bytes),
            (5, 1) when isToServer && bytes.Length >= PasswordLength => message with { Password = Clear(bytes[..PasswordLength]) },
            _ => message,
        };
    }

    // Each byte is mixed with a constant and with what stands two before it.
    private static string Clear(ReadOnlySpan<byte> bytes)
    {
        Span<byte> clear = stackalloc byte[PasswordLength];
        for (int i = 0; i < clear.Length; i++)
        {
            clear[i] = (byte)(bytes[i] ^ PasswordMask ^ (i < 2 ? 0 : bytes[i - 2]));
        }

        return WireText.Decode(clear).TrimEnd(' ', '\0');
    }

    private S7UserData WithList(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        int list = reader.U16();
        int index = reader.U16();
        List<S7Identity>? identities = null;
        if (IsResponse && S7Calls.IsIdentity(list))
        {
            int size = reader.U16();
            int count = reader.U16();
            for (int i = 0; i < Math.Min(count, MostRecords) && size > 2; i++)
            {
                ReadOnlySpan<byte> record = reader.Take(size);
                if (reader.Overrun)
                {
                    break;
                }

                Add(ref identities, (list & 0xFF) == 0x11, record);
            }
        }

        return this with { List = list, Index = index, Identities = identities };
    }

    private static void Add(ref List<S7Identity>? identities, bool isModule, ReadOnlySpan<byte> record)
    {
        const int OrderNumberLength = 20;
        int number = (record[0] << 8) | record[1];
        string? name = isModule ? Module(number) : Component(number);
        if (name is null || (isModule && record.Length < OrderNumberLength + 8))
        {
            return;
        }

        ReadOnlySpan<byte> text = isModule ? record.Slice(2, OrderNumberLength) : record[2..];
        int end = text.IndexOf((byte)0);
        string value = WireText.Decode(end < 0 ? text : text[..end]).Trim();
        if (isModule && number == 7)
        {
            // The letter V, then the numbers of the version.
            value = string.Create(CultureInfo.InvariantCulture, $"V{record[^3]}.{record[^2]}.{record[^1]}");
        }

        if (value.Length > 0)
        {
            (identities ??= []).Add(new S7Identity(name, value));
        }
    }

    private static string? Module(int number) => number switch
    {
        1 => "module",
        6 => "hardware",
        7 => "firmware",
        _ => null,
    };

    private static string? Component(int number) => number switch
    {
        1 => "system",
        2 => "module name",
        3 => "plant",
        4 => "copyright",
        5 => "serial number",
        7 => "module type",
        8 => "memory card",
        0x0A => "maker's number",
        0x0B => "location",
        _ => null,
    };
}
