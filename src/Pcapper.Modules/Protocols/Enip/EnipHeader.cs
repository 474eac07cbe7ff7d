using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>The header of the encapsulation (CIP volume 2, 2-3): numbers are little-endian.</summary>
/// <param name="Command">The command.</param>
/// <param name="Length">How many bytes follow.</param>
/// <param name="Session">The session.</param>
/// <param name="Status">How it went.</param>
/// <param name="Context">What the sender gets back, as a number in network order.</param>
/// <param name="Options">Always 0.</param>
internal readonly record struct EnipHeader(EnipCommand Command, int Length, uint Session, uint Status, ulong Context, uint Options)
{
    /// <summary>How many bytes it takes.</summary>
    public const int Size = 24;

    /// <summary>Gets a value indicating whether it follows the rules.</summary>
    public bool IsValid => IsKnown(Command) && Options == 0 && Status is <= 3 or 0x64 or 0x65 or 0x69 or 0x6A;

    /// <summary>Gets a value indicating whether it carries CIP.</summary>
    public bool HasCip => Command is EnipCommand.SendRRData or EnipCommand.SendUnitData;

    /// <summary>Tells whether a command is known.</summary>
    public static bool IsKnown(EnipCommand command) => command is EnipCommand.Nop or EnipCommand.ListServices or (>= EnipCommand.ListIdentity and <= EnipCommand.UnregisterSession)
        or EnipCommand.SendRRData or EnipCommand.SendUnitData or EnipCommand.IndicateStatus or EnipCommand.Cancel;

    /// <summary>Reads one; there must be <see cref="Size"/> bytes.</summary>
    public static EnipHeader Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        return new EnipHeader((EnipCommand)reader.U16Little(), reader.U16Little(), reader.U32Little(), reader.U32Little(), reader.U64(), reader.U32Little());
    }
}
