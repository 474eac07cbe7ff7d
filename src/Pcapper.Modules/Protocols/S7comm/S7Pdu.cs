using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>The parts of a message: header, parameters, data. Siemens published none of it; the layout is what Wireshark's dissector and the libraries snap7 and libnodave agree on.</summary>
internal readonly ref struct S7Pdu
{
    /// <summary>The number that messages begin with.</summary>
    public const byte Number = 0x32;

    /// <summary>The length of a header without error.</summary>
    public const int LeastLength = 10;

    /// <summary>Gets the kind.</summary>
    public S7Kind Kind { get; private init; }

    /// <summary>Gets the number that pairs an answer with its request.</summary>
    public ushort Reference { get; private init; }

    /// <summary>Gets the class of the error in an acknowledgment; 0 is none.</summary>
    public byte ErrorClass { get; private init; }

    /// <summary>Gets the error within the class.</summary>
    public byte ErrorCode { get; private init; }

    /// <summary>Gets the parameters.</summary>
    public ReadOnlySpan<byte> Parameter { get; private init; }

    /// <summary>Gets the data.</summary>
    public ReadOnlySpan<byte> Data { get; private init; }

    /// <summary>Gets a value indicating whether its lengths lead beyond it.</summary>
    public bool IsBroken { get; private init; }

    /// <summary>Tells whether a number is a kind.</summary>
    public static bool IsKind(byte kind) => kind is 1 or 2 or 3 or 7;

    /// <summary>Reads one.</summary>
    public static S7Pdu Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        byte number = reader.U8();
        byte kind = reader.U8();
        reader.Skip(2);
        ushort reference = reader.U16();
        int parameterLength = reader.U16();
        int dataLength = reader.U16();
        bool hasError = kind is 2 or 3;
        byte errorClass = hasError ? reader.U8() : (byte)0;
        byte errorCode = hasError ? reader.U8() : (byte)0;
        ReadOnlySpan<byte> parameter = reader.Take(parameterLength);
        ReadOnlySpan<byte> data = reader.Take(dataLength);
        return new S7Pdu
        {
            Kind = (S7Kind)kind,
            Reference = reference,
            ErrorClass = errorClass,
            ErrorCode = errorCode,
            Parameter = parameter,
            Data = data,
            IsBroken = reader.Overrun || number != Number || !IsKind(kind),
        };
    }
}
