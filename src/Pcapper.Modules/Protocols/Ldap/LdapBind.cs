using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Binds of one name with one mechanism.</summary>
public sealed class LdapBind : Group
{
    /// <summary>Initializes a new instance of the <see cref="LdapBind"/> class.</summary>
    public LdapBind()
        : base(4)
    {
        Frames = Part(new FrameSample());
        Tries = Part(new LoginTries());
        Passwords = Part(new FrameSample());
        Messages = Part(new Texts());
    }

    /// <summary>Gets the binds.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets what succeeded, and the answers "invalid credentials".</summary>
    public LoginTries Tries { get; }

    /// <summary>Gets the binds whose password can be read.</summary>
    public FrameSample Passwords { get; }

    /// <summary>Gets what the server said.</summary>
    public Texts Messages { get; }
}
