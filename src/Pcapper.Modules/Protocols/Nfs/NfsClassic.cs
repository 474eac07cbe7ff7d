using Pcapper.Modules.Protocols.OncRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>Reads NFS versions 2 (RFC 1094) and 3 (RFC 1813): one operation a call.</summary>
internal static class NfsClassic
{
    private const int OldHandle = 32;
    private const int MaxHandle = 64;
    private const int MaxName = 1024;
    private const int OldAttributes = 68;
    private const int Attributes = 84;
    private const int CacheAttributes = 24;
    private const int MostEntries = 1024;

    public static NfsStep ReadCall(uint version, uint procedure, ReadOnlySpan<byte> arguments)
    {
        var step = new NfsStep { Code = procedure, Operation = NfsNames.Procedure(version, procedure) };
        var reader = new WireReader(arguments);
        step.Handle = Handle(version, ref reader);
        switch (step.Operation)
        {
            case "LOOKUP" or "CREATE" or "MKDIR" or "SYMLINK" or "MKNOD" or "REMOVE" or "RMDIR":
                step.Name = Name(ref reader);
                break;
            case "RENAME":
                step.Name = Name(ref reader);
                step.NewHandle = Handle(version, ref reader);
                step.NewName = Name(ref reader);
                break;
            case "LINK":
                step.NewHandle = Handle(version, ref reader);
                step.NewName = Name(ref reader);
                break;
            case "WRITE":
                // Version 2: offset at the beginning, offset, total; version 3: 64 bits of offset, count, how stable.
                reader.Skip(version == 2 ? 4 : 0);
                step.Offset = version == 2 ? reader.U32() : (long)reader.U64();
                reader.Skip(version == 2 ? 4 : 0);
                uint count = reader.U32();
                step.Bytes = reader.Overrun ? 0 : count;
                reader.Skip(version == 2 ? 0 : 8);
                step.ContentAt = reader.Overrun ? 0 : reader.Position;
                break;
            case "READ":
                step.Offset = version == 2 ? reader.U32() : (long)reader.U64();
                break;
        }

        return step;
    }

    public static void ReadReply(uint version, NfsStep step, uint status, ReadOnlySpan<byte> results, NfsHandles handles)
    {
        step.Status = status;
        if (status != 0)
        {
            step.Bytes = 0;
            return;
        }

        var reader = new WireReader(results);
        reader.U32();
        switch (step.Operation)
        {
            case "LOOKUP" or "CREATE" or "MKDIR" or "SYMLINK" or "MKNOD":
                bool hasHandle = version == 2 ? step.Operation != "SYMLINK" : step.Operation == "LOOKUP" || reader.U32() == 1;
                step.Result = hasHandle ? Handle(version, ref reader) : 0;
                break;
            case "READ":
                SkipAttributes(version, ref reader);
                uint count = reader.U32();
                step.Bytes = reader.Overrun ? 0 : count;
                step.IsEnd = version == 3 && reader.U32() == 1;
                reader.Skip(version == 3 ? 4 : 0);
                step.ContentAt = reader.Overrun ? 0 : reader.Position;
                break;
            case "WRITE" when version == 3:
                reader.Skip(reader.U32() == 1 ? CacheAttributes : 0);
                SkipAttributes(version, ref reader);
                uint written = reader.U32();
                step.Bytes = reader.Overrun ? step.Bytes : written;
                break;
            case "READDIRPLUS":
                ReadEntries(step, ref reader, handles);
                break;
        }
    }

    private static void ReadEntries(NfsStep step, ref WireReader reader, NfsHandles handles)
    {
        SkipAttributes(3, ref reader);
        reader.U64();
        string? directory = handles.Find(step.Handle);
        for (int left = MostEntries; left > 0 && reader.U32() == 1; left--)
        {
            reader.U64();
            string? name = Name(ref reader);
            reader.U64();
            SkipAttributes(3, ref reader);
            ulong handle = reader.U32() == 1 ? Handle(3, ref reader) : 0;
            if (reader.Overrun)
            {
                return;
            }

            if (name is not (null or "." or ".."))
            {
                handles.Add(handle, NfsPaths.Join(directory, name));
            }
        }
    }

    private static void SkipAttributes(uint version, ref WireReader reader)
        => reader.Skip(version == 2 ? OldAttributes : reader.U32() == 1 ? Attributes : 0);

    private static ulong Handle(uint version, ref WireReader reader)
    {
        ReadOnlySpan<byte> handle = version == 2 ? reader.Take(OldHandle) : reader.Opaque(MaxHandle);
        return handle.IsEmpty ? 0 : StableHash.Of(handle);
    }

    private static string? Name(ref WireReader reader)
    {
        string name = reader.Text(MaxName);
        return reader.Overrun ? null : name;
    }
}
