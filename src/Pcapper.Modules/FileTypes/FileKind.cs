namespace Pcapper.Modules.FileTypes;

/// <summary>What a file is for.</summary>
internal enum FileKind
{
    Unknown,
    Program,
    Script,
    Shortcut,
    DiskImage,
    Document,
    Archive,
    Image,
    Audio,
    Video,
    Font,
    Text,
    Capture,
    Database,
    Certificate,
    Data,
}
