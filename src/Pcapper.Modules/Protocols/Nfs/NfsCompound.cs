using Pcapper.Modules.Protocols.OncRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>
/// Reads the COMPOUND procedure of NFS version 4: operations one after the other, on a current and a saved file handle
/// (RFC 7530, 14.2; RFC 8881, 16.2).
/// </summary>
internal static class NfsCompound
{
    private const int MaxTag = 1024;
    private const int MostOperations = 64;
    private const int MaxHandle = 128;
    private const int MaxOpaque = Limits.Message;
    private const int MaxMask = 8;
    private const ulong RootHandle = 1;
    private const uint Create = 6;
    private const uint Open = 18;
    private const uint Write = 38;

    /// <summary>Tells whether the arguments are cut within what is to be written.</summary>
    public static bool EndsInWrite(ReadOnlySpan<byte> arguments)
    {
        List<NfsStep> steps = Read(arguments, out bool isCut);
        return isCut && steps is [.., { Code: Write, Bytes: > 0 }];
    }

    public static List<NfsStep> ReadCall(ReadOnlySpan<byte> arguments) => Read(arguments, out _);

    /// <summary>Reads the results behind the status; follows the handles, which only results tell.</summary>
    public static void ReadReply(List<NfsStep> steps, ReadOnlySpan<byte> results)
    {
        var reader = new WireReader(results);
        reader.Opaque(MaxTag);
        uint count = reader.U32();
        NfsStep? named = null;
        for (int i = 0; i < steps.Count && i < count; i++)
        {
            NfsStep step = steps[i];
            uint code = reader.U32();
            uint status = reader.U32();
            if (reader.Overrun || code != step.Code)
            {
                return;
            }

            step.Status = status;
            if (status != 0)
            {
                step.Bytes = 0;
                return;
            }

            NfsOperationLayout layout = NfsOperationLayout.Of(code)!;
            ulong handle = 0;
            bool isRead = code == Open ? SkipOpenResult(ref reader) : Skip(ref reader, layout.Results, step, ref handle);
            named = step.Name is not null && step.NewName is null ? step : layout.Name is "PUTFH" or "PUTROOTFH" or "RESTOREFH" ? null : named;
            if (layout.Name == "GETFH" && named is not null && handle != 0)
            {
                named.Result = handle;
            }

            if (!isRead)
            {
                return;
            }
        }
    }

    // The current handle is that of the last PUTFH until a name is followed; what is then current has no handle yet, only a path.
    private static List<NfsStep> Read(ReadOnlySpan<byte> arguments, out bool isCut)
    {
        var steps = new List<NfsStep>();
        var reader = new WireReader(arguments);
        reader.Opaque(MaxTag);
        reader.U32();
        uint count = reader.U32();
        isCut = reader.Overrun;
        (ulong Handle, string? Path) current = default;
        (ulong Handle, string? Path) saved = default;
        for (uint left = Math.Min(count, MostOperations); left > 0 && !reader.Overrun; left--)
        {
            uint code = reader.U32();
            if (reader.Overrun || NfsOperationLayout.Of(code) is not { } layout)
            {
                break;
            }

            var step = new NfsStep { Code = code, Operation = layout.Name, Handle = current.Handle };
            steps.Add(step);
            ulong handle = 0;
            bool isRead = code switch
            {
                Open => ReadOpen(ref reader, step),
                Create => ReadCreate(ref reader, step),
                _ => Skip(ref reader, layout.Arguments, step, ref handle),
            };

            // Names found on the way from the last handle stand before the operation's own.
            string? own = step.Name;
            step.Name = Below(current.Path, own);
            switch (layout.Name)
            {
                case "PUTFH":
                    current = (handle, null);
                    step.Handle = handle;
                    break;
                case "PUTROOTFH" or "PUTPUBFH":
                    current = (RootHandle, "/");
                    break;
                case "SAVEFH":
                    saved = current;
                    break;
                case "RESTOREFH":
                    current = saved;
                    break;
                case "LOOKUP" or "OPEN" or "CREATE" when own is not null:
                    current.Path = step.Name;
                    break;
                case "RENAME" or "LINK":
                    // From the saved directory to the current one; LINK: the saved file to a name here.
                    step.NewHandle = current.Handle;
                    step.NewName = layout.Name == "LINK" ? step.Name : Below(current.Path, step.NewName);
                    step.Handle = saved.Handle;
                    step.Name = layout.Name == "LINK" ? saved.Path : Below(saved.Path, own);
                    break;
                case "LOOKUPP":
                    current = default;
                    break;
            }

            if (!isRead)
            {
                isCut = reader.Overrun;
                break;
            }
        }

        return steps;
    }

    private static string? Below(string? path, string? name) => path is null ? name : name is null ? path : NfsPaths.Join(path, name);

    private static bool Skip(ref WireReader reader, string layout, NfsStep step, ref ulong handle)
    {
        foreach (char part in layout)
        {
            switch (part)
            {
                case '4':
                    // The one in front of what was read says whether the file ends there.
                    step.IsEnd = reader.U32() == 1;
                    break;
                case '8':
                    ulong number = reader.U64();
                    step.Offset = layout.StartsWith("s84", StringComparison.Ordinal) ? (long)number : step.Offset;
                    break;
                case 's':
                    reader.Skip(16);
                    break;
                case 'c':
                    reader.Skip(20);
                    break;
                case 'o':
                    reader.Opaque(MaxOpaque);
                    break;
                case 'b':
                    reader.SkipWords(MaxMask);
                    break;
                case 'a':
                    SkipAttributes(ref reader);
                    break;
                case 'n':
                    step.Name = Name(ref reader);
                    break;
                case 'm':
                    step.NewName = Name(ref reader);
                    break;
                case 'h':
                    ReadOnlySpan<byte> bytes = reader.Opaque(MaxHandle);
                    handle = bytes.IsEmpty ? 0 : StableHash.Of(bytes);
                    break;
                case 'd':
                    // Known before the content is all there.
                    WireReader peek = reader;
                    step.Bytes = peek.U32();
                    step.ContentAt = peek.Overrun ? 0 : peek.Position;
                    reader.Opaque(RpcParser.MaxRecord);
                    break;
                default:
                    return false;
            }
        }

        return !reader.Overrun;
    }

    // RFC 7530, 16.16.
    private static bool ReadOpen(ref WireReader reader, NfsStep step)
    {
        reader.Skip(12);
        reader.U64();
        reader.Opaque(MaxOpaque);
        if (reader.U32() == 1)
        {
            switch (reader.U32())
            {
                case 0 or 1:
                    SkipAttributes(ref reader);
                    break;
                case 2:
                    reader.U64();
                    break;
                case 3:
                    reader.U64();
                    SkipAttributes(ref reader);
                    break;
                default:
                    return false;
            }
        }

        switch (reader.U32())
        {
            case 0 or 3:
                step.Name = Name(ref reader);
                break;
            case 1:
                reader.U32();
                break;
            case 2:
                reader.Skip(16);
                step.Name = Name(ref reader);
                break;
            case 4 or 6:
                break;
            case 5:
                reader.Skip(16);
                break;
            default:
                return false;
        }

        return !reader.Overrun;
    }

    // RFC 7530, 16.16.2, and the delegations in it; RFC 8881, 18.16.2 for why there is none.
    private static bool SkipOpenResult(ref WireReader reader)
    {
        reader.Skip(16 + 20 + 4);
        reader.SkipWords(MaxMask);
        uint delegation = reader.U32();
        switch (delegation)
        {
            case 0:
                break;
            case 1 or 2:
                reader.Skip(16 + 4 + (delegation == 2 ? 12 : 0) + 12);
                reader.Opaque(MaxOpaque);
                break;
            case 3:
                reader.Skip(reader.U32() is 1 or 2 ? 4 : 0);
                break;
            default:
                return false;
        }

        return !reader.Overrun;
    }

    // RFC 7530, 16.4: links carry their target, devices two numbers.
    private static bool ReadCreate(ref WireReader reader, NfsStep step)
    {
        const uint Block = 3;
        const uint Character = 4;
        const uint Link = 5;
        uint type = reader.U32();
        if (type == Link)
        {
            reader.Opaque(MaxOpaque);
        }
        else if (type is Block or Character)
        {
            reader.U64();
        }

        step.Name = Name(ref reader);
        SkipAttributes(ref reader);
        return !reader.Overrun;
    }

    private static void SkipAttributes(ref WireReader reader)
    {
        reader.SkipWords(MaxMask);
        reader.Opaque(MaxOpaque);
    }

    private static string? Name(ref WireReader reader)
    {
        string name = reader.Text();
        return reader.Overrun ? null : name;
    }
}
