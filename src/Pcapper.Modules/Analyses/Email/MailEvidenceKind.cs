namespace Pcapper.Modules.Analyses.Email;

/// <summary>What a mail shows.</summary>
internal enum MailEvidenceKind
{
    /// <summary>A sender who is not who the mail says.</summary>
    Spoofed,

    /// <summary>An attachment that pretends to be something else.</summary>
    Disguised,

    /// <summary>An attachment that runs, or hides what it holds.</summary>
    Risky,

    /// <summary>What a program stole.</summary>
    Stolen,

    /// <summary>A user and a password.</summary>
    Credentials,
}
