using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>A ticket that was shown as proof of a user's login to a service (S4U2proxy).</summary>
internal sealed class KerberosEvidenceTicket : Group
{
    public KerberosEvidenceTicket()
        : base(2)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
    }

    public FrameSample Frames { get; }

    public Extent When { get; }
}
