namespace Pcapper.Modules.FileTypes;

/// <summary>What the comparison of name, declared type and content says.</summary>
internal enum FileVerdict
{
    /// <summary>They agree, or too little is known.</summary>
    Agrees,

    /// <summary>Content is something else, but nothing that runs.</summary>
    Differs,

    /// <summary>Content runs, and a web server or the like calls it a text: that is often only sloppy.</summary>
    CalledText,

    /// <summary>Content runs, or is opened as a disk, and is named or declared as something to look at.</summary>
    Disguised,
}
