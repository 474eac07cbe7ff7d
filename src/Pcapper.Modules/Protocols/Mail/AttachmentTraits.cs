namespace Pcapper.Modules.Protocols.Mail;

/// <summary>What is risky about an attachment, by its content and its name.</summary>
[Flags]
public enum AttachmentTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A program (PE, ELF, Mach-O).</summary>
    Program = 1 << 0,

    /// <summary>A script that a double click runs.</summary>
    Script = 1 << 1,

    /// <summary>A shortcut of Windows.</summary>
    Shortcut = 1 << 2,

    /// <summary>A disk image, whose contents carry no mark of the web.</summary>
    DiskImage = 1 << 3,

    /// <summary>A OneNote section.</summary>
    OneNote = 1 << 4,

    /// <summary>An Office document with macros.</summary>
    Macro = 1 << 5,

    /// <summary>An archive that cannot be looked into without a password.</summary>
    Encrypted = 1 << 6,

    /// <summary>A second ending stands in front of one that is run: <c>invoice.pdf.exe</c>.</summary>
    DoubleEnding = 1 << 7,

    /// <summary>The name holds marks that reverse the direction of writing.</summary>
    Reversed = 1 << 8,

    /// <summary>The content is a program or script and the name or the declared type says that it is something harmless.</summary>
    Disguised = 1 << 9,

    /// <summary>An archive that holds a program, a script, a shortcut or a disk image.</summary>
    Holds = 1 << 10,

    /// <summary>A web page with a script in it, which opens without a browser's warnings.</summary>
    WebPage = 1 << 11,

    /// <summary>An installer or another file that runs what it holds.</summary>
    Installer = 1 << 12,
}
