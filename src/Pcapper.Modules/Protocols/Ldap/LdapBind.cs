using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Binds of one name with one mechanism.</summary>
public sealed class LdapBind : Group
{
    /// <summary>Initializes a new instance of the <see cref="LdapBind"/> class.</summary>
    public LdapBind()
        : base(7)
    {
        Frames = Part(new FrameSample());
        Succeeded = Part(new Count());
        SucceededWhen = Part(new Extent());
        Refused = Part(new FrameSample());
        RefusedWhen = Part(new Extent());
        Passwords = Part(new FrameSample());
        Messages = Part(new Texts());
    }

    /// <summary>Gets the binds.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets how many succeeded.</summary>
    public Count Succeeded { get; }

    /// <summary>Gets when those did.</summary>
    public Extent SucceededWhen { get; }

    /// <summary>Gets the answers "invalid credentials".</summary>
    public FrameSample Refused { get; }

    /// <summary>Gets when those came.</summary>
    public Extent RefusedWhen { get; }

    /// <summary>Gets the binds whose password can be read.</summary>
    public FrameSample Passwords { get; }

    /// <summary>Gets what the server said.</summary>
    public Texts Messages { get; }
}
