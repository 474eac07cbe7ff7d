namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>What a client asks for (RFC 4511, 4.1.1); the numbers are the requests' application tags.</summary>
public enum LdapOperationKind
{
    /// <summary>Says who it is.</summary>
    Bind = 0,

    /// <summary>Ends the connection.</summary>
    Unbind = 2,

    /// <summary>Looks for entries.</summary>
    Search = 3,

    /// <summary>Changes attributes.</summary>
    Modify = 6,

    /// <summary>Adds an entry.</summary>
    Add = 8,

    /// <summary>Deletes an entry.</summary>
    Delete = 10,

    /// <summary>Renames or moves an entry.</summary>
    ModifyDn = 12,

    /// <summary>Compares a value.</summary>
    Compare = 14,

    /// <summary>Gives up on an operation.</summary>
    Abandon = 16,

    /// <summary>Something beyond the basic protocol, named by an identifier.</summary>
    Extended = 23,
}
