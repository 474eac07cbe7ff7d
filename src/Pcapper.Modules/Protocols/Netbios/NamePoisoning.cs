using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>
/// Who answers for which names on the local link (NBNS, LLMNR, mDNS), whose own names they are, and who asked: what tells a poisoner, who
/// answers for everything, from a host that answers for itself.
/// </summary>
public sealed class NamePoisoning : Group
{
    private const int MostKeys = 10_000;
    private const int MostOwn = 64;
    private const int MostAskers = 16;
    private const int NameLength = 15;
    private const ushort TypeA = 1;
    private const ushort TypeAaaa = 28;
    private const ushort TypeAny = 255;

    /// <summary>Initializes a new instance of the <see cref="NamePoisoning"/> class.</summary>
    public NamePoisoning()
        : base(4)
    {
        Answers = Part(new PartMap<PairKey, NameAnswers>(MostKeys));
        OwnNames = Part(new PartMap<AddressKey, Texts>(MostKeys, () => new Texts(MostOwn)));
        Owners = Part(new PartMap<Key2<TextKey, AddressKey>, NameOwner>(MostKeys));
        Asked = Part(new PartMap<TextKey, KeySet<AddressKey>>(MostKeys, () => new KeySet<AddressKey>(MostAskers)));
    }

    /// <summary>Gets what each responder (From) answered to each asker (To, a multicast group for mDNS).</summary>
    public PartMap<PairKey, NameAnswers> Answers { get; }

    /// <summary>Gets the names that hosts claim, announce or probe as their own.</summary>
    public PartMap<AddressKey, Texts> OwnNames { get; }

    /// <summary>Gets who says that a name of one host is his.</summary>
    public PartMap<Key2<TextKey, AddressKey>, NameOwner> Owners { get; }

    /// <summary>Gets who asked for a name by mDNS.</summary>
    public PartMap<TextKey, KeySet<AddressKey>> Asked { get; }

    /// <summary>Gets a name as NBNS, LLMNR and mDNS have it in common: upper case, without <c>.local</c>, fifteen characters.</summary>
    public static string BaseName(string name)
    {
        const string Local = ".LOCAL";
        string upper = name.ToUpperInvariant();
        upper = upper.EndsWith(Local, StringComparison.Ordinal) ? upper[..^Local.Length] : upper;
        return upper.Length > NameLength ? upper[..NameLength] : upper;
    }

    /// <summary>Takes a message of the NetBIOS name service.</summary>
    internal void Add(NbnsMessage message)
    {
        bool isHost = NetbiosSuffix.IsHost(message.Name.Suffix) && message.Name.Text.Length > 0;
        bool isOwn = message.Addresses.Any(a => a.Address == message.Sender && !a.IsGroup);
        if (isHost && isOwn && message.IsClaim)
        {
            AddOwn(message.Sender, message.Name.Text);
            AddOwner(message, message.Name.Text, message.Sender);
        }
        else if (isHost && isOwn && message.IsAnswer)
        {
            // A name server answers with others' addresses: that is its task.
            AddAnswer(message, message.Sender, message.Receiver, message.Name.Text, message.Sender, NameAnswerKind.Nbns);
            if (message.Addresses.Count == 1)
            {
                AddOwner(message, message.Name.Text, message.Sender);
            }
        }

        foreach (NbnsNodeName node in message.NodeNames)
        {
            AddOwn(message.Sender, node.Name.Text);
        }
    }

    /// <summary>Takes a message of LLMNR or multicast DNS.</summary>
    internal void Add(DnsMessage message)
    {
        IpAddress sender = message.Flow.Sender(message.Direction);
        bool isMdns = message.Kind == DnsKind.Mdns;
        if (!message.IsResponse)
        {
            foreach (DnsQuestion question in message.Questions)
            {
                // A host asks for its own name with type ANY to see that nobody else has it (RFC 4795, 4.1; RFC 6762, 8.1).
                if (question.Type == TypeAny)
                {
                    AddOwn(sender, question.Name);
                }
                else if (isMdns && question.Type is TypeA or TypeAaaa)
                {
                    Asked[BaseName(question.Name)].Add(sender);
                }
            }

            return;
        }

        foreach (DnsResourceRecord answer in message.Answers)
        {
            // Reflectors repeat others' records by mDNS; an LLMNR responder answers for itself only, perhaps with the address of the other family.
            if (answer.Address is not { } address || answer.Type is not (TypeA or TypeAaaa) || (isMdns && address != sender))
            {
                continue;
            }

            AddAnswer(message, sender, message.Flow.Receiver(message.Direction), answer.Name, address, isMdns ? NameAnswerKind.Mdns : NameAnswerKind.Llmnr);
            if (!isMdns && address == sender)
            {
                AddOwner(message, answer.Name, sender);
            }
        }
    }

    /// <summary>Notes a name as a host's own.</summary>
    internal void AddOwn(IpAddress host, string name) => OwnNames[host].Add(BaseName(name));

    private void AddAnswer(ProtocolRecord record, IpAddress responder, IpAddress asker, string name, IpAddress address, NameAnswerKind kind)
    {
        NameAnswers answers = Answers[new PairKey(responder, asker)];
        answers.Names[BaseName(name)].Add(record.Frame);
        answers.Kinds.Add((int)kind);
        answers.Moments.Add(new MomentKey(record.Time, record.Frame));
        answers.Addresses.Add(address);
        answers.Extent.Add(record.Time, record.Frame);
    }

    private void AddOwner(ProtocolRecord record, string name, IpAddress owner)
    {
        NameOwner claim = Owners[new(BaseName(name), owner)];
        claim.Frames.Add(record.Frame);
        claim.Extent.Add(record.Time, record.Frame);
    }
}
