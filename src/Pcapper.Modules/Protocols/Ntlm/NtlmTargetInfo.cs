using System.Buffers.Binary;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>What AV pairs tell (MS-NLMP, 2.2.2.1): the server's names, and in an NTLMv2 response what the client took for granted.</summary>
public sealed record NtlmTargetInfo
{
    private const int MostPairs = 64;
    private const int EndOfList = 0;
    private const uint MicPresent = 2;

    /// <summary>Gets the server's NetBIOS name, raw, or null.</summary>
    public string? NetbiosComputer { get; init; }

    /// <summary>Gets the server's NetBIOS domain, raw, or null.</summary>
    public string? NetbiosDomain { get; init; }

    /// <summary>Gets the server's DNS name, raw, or null.</summary>
    public string? DnsComputer { get; init; }

    /// <summary>Gets the server's DNS domain, raw, or null.</summary>
    public string? DnsDomain { get; init; }

    /// <summary>Gets the DNS name of the forest, raw, or null.</summary>
    public string? DnsTree { get; init; }

    /// <summary>Gets the service that the client meant to reach (<c>cifs/files.example</c>), raw, or null.</summary>
    public string? TargetName { get; init; }

    /// <summary>Gets the server's time, or null.</summary>
    public Timestamp? Time { get; init; }

    /// <summary>Gets the flags (MsvAvFlags).</summary>
    public uint Flags { get; init; }

    /// <summary>Gets a value indicating whether the client bound the response to its TLS channel: the hash is there and not zero.</summary>
    public bool HasChannelBinding { get; init; }

    /// <summary>Gets a value indicating whether the messages are protected by a MIC.</summary>
    public bool HasMic => (Flags & MicPresent) != 0;

    internal static NtlmTargetInfo Read(ReadOnlySpan<byte> pairs)
    {
        var info = new NtlmTargetInfo();
        var reader = new WireReader(pairs);
        for (int i = 0; i < MostPairs; i++)
        {
            ushort id = reader.U16Little();
            ReadOnlySpan<byte> value = reader.Take(reader.U16Little());
            if (reader.Overrun || id == EndOfList)
            {
                break;
            }

            info = Add(info, id, value);
        }

        return info;
    }

    private static NtlmTargetInfo Add(NtlmTargetInfo info, ushort id, ReadOnlySpan<byte> value) => id switch
    {
        1 => info with { NetbiosComputer = Utf16Text.Decode(value) },
        2 => info with { NetbiosDomain = Utf16Text.Decode(value) },
        3 => info with { DnsComputer = Utf16Text.Decode(value) },
        4 => info with { DnsDomain = Utf16Text.Decode(value) },
        5 => info with { DnsTree = Utf16Text.Decode(value) },
        6 when value.Length == 4 => info with { Flags = BinaryPrimitives.ReadUInt32LittleEndian(value) },
        7 when value.Length == 8 => info with { Time = WindowsTime.Of(BinaryPrimitives.ReadUInt64LittleEndian(value)) },
        9 => info with { TargetName = Utf16Text.Decode(value) },
        10 => info with { HasChannelBinding = value.ContainsAnyExcept((byte)0) },
        _ => info,
    };
}
