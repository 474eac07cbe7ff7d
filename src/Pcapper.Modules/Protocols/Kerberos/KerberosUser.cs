using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>What happened to one principal from one address.</summary>
public sealed class KerberosUser : Group
{
    /// <summary>Initializes a new instance of the <see cref="KerberosUser"/> class.</summary>
    public KerberosUser()
        : base(14)
    {
        Requests = Part(new Count());
        Issued = Part(new FrameSample());
        IssuedWhen = Part(new Extent());
        Unknown = Part(new FrameSample());
        Wrong = Part(new FrameSample());
        Locked = Part(new FrameSample());
        Tries = Part(new LoginTries());
        Unproven = Part(new FrameSample());
        UnprovenRc4 = Part(new Count());
        Rc4Only = Part(new FrameSample());
        Downgraded = Part(new FrameSample());
        WithoutPac = Part(new FrameSample());
        Proofs = Part(new Texts());
        Servers = Part(new KeySet<AddressKey>(8));
    }

    /// <summary>Gets how many requests for a first ticket it sent.</summary>
    public Count Requests { get; }

    /// <summary>Gets the first tickets issued.</summary>
    public FrameSample Issued { get; }

    /// <summary>Gets when those were issued.</summary>
    public Extent IssuedWhen { get; }

    /// <summary>Gets the refusals because there is no such principal.</summary>
    public FrameSample Unknown { get; }

    /// <summary>Gets the refusals because the secret was wrong.</summary>
    public FrameSample Wrong { get; }

    /// <summary>Gets the refusals because the account is disabled or locked.</summary>
    public FrameSample Locked { get; }

    /// <summary>Gets the refusals, and the first tickets issued to who proved the password.</summary>
    public LoginTries Tries { get; }

    /// <summary>Gets the tickets issued although the client proved nothing.</summary>
    public FrameSample Unproven { get; }

    /// <summary>Gets how many of those had RC4, asked for without AES.</summary>
    public Count UnprovenRc4 { get; }

    /// <summary>Gets the tickets issued in AES to a client that offered no AES itself.</summary>
    public FrameSample Rc4Only { get; }

    /// <summary>Gets the replies in RC4 with an AES ticket to a client that offered AES.</summary>
    public FrameSample Downgraded { get; }

    /// <summary>Gets the tickets issued after a proof that were to have no PAC.</summary>
    public FrameSample WithoutPac { get; }

    /// <summary>Gets how it proved who it is, where a ticket was issued.</summary>
    public Texts Proofs { get; }

    /// <summary>Gets who was asked.</summary>
    public KeySet<AddressKey> Servers { get; }
}
