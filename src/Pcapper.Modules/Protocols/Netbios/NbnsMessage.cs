using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>One message of the NetBIOS name service.</summary>
public sealed record NbnsMessage : ProtocolRecord
{
    /// <summary>The type of records with owners of a name.</summary>
    public const ushort TypeNb = 0x20;

    /// <summary>The type of records with the names of a host.</summary>
    public const ushort TypeNbstat = 0x21;

    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets the number that pairs a response with its request.</summary>
    public required ushort TransactionId { get; init; }

    /// <summary>Gets the flag word.</summary>
    public required ushort Flags { get; init; }

    /// <summary>Gets the name asked for, claimed or answered.</summary>
    public required NetbiosName Name { get; init; }

    /// <summary>Gets the record type: NB or NBSTAT, rarely A, NS or NULL.</summary>
    public required ushort Type { get; init; }

    /// <summary>Gets the seconds that a claim or answer is valid, if there is one.</summary>
    public uint? Ttl { get; init; }

    /// <summary>Gets the owners in the records.</summary>
    public IReadOnlyList<NbnsAddress> Addresses { get; init; } = [];

    /// <summary>Gets the names in a node status response.</summary>
    public IReadOnlyList<NbnsNodeName> NodeNames { get; init; } = [];

    /// <summary>Gets the link address in a node status response, if it is not all zeros.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>Gets a value indicating whether it is a response.</summary>
    public bool IsResponse => (Flags & 0x8000) != 0;

    /// <summary>Gets what it is about.</summary>
    public NbnsOpcode Opcode => (NbnsOpcode)((Flags >> 11) & 0xF);

    /// <summary>Gets the result code of a response.</summary>
    public int Rcode => Flags & 0xF;

    /// <summary>Gets a value indicating whether it was sent to all hosts of a segment.</summary>
    public bool IsBroadcast => (Flags & 0x0010) != 0;

    /// <summary>Gets who sent it.</summary>
    public IpAddress Sender => Flow.Sender(Direction);

    /// <summary>Gets whom it was sent to.</summary>
    public IpAddress Receiver => Flow.Receiver(Direction);

    /// <summary>Gets a value indicating whether it names the owner of a name that was asked for.</summary>
    public bool IsAnswer => IsResponse && Opcode == NbnsOpcode.Query && Rcode == 0 && Addresses.Count > 0;

    /// <summary>Gets a value indicating whether its sender claims the name.</summary>
    public bool IsClaim => !IsResponse && Addresses.Count > 0
        && Opcode is NbnsOpcode.Registration or NbnsOpcode.Refresh or NbnsOpcode.RefreshAlternative or NbnsOpcode.MultihomedRegistration;

    /// <summary>Tells whether an owner it names may be one: name servers answer for others, but a host claims names for itself only.</summary>
    public bool Believes(NbnsAddress owner) => !IsClaim || owner.Address == Sender;
}
