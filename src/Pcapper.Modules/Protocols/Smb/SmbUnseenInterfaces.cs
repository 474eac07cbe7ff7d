using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Tells interfaces whose bind was not captured, where the operations that a client calls together belong to one only.</summary>
internal sealed class SmbUnseenInterfaces(SmbState state)
{
    // IDispatch (MS-OAUT, 3.1.4): 3 and 4 tell of types, 5 looks names up, 6 invokes.
    private const int FirstOfDispatch = 3;
    private const int GetIdsOfNames = 5;
    private const int Invoke = 6;

    // What copies secrets out of a directory calls (MS-DRSR, 4.1): bind, look names and controllers up, get changes, unbind.
    private static readonly int[] s_replication = [0, 1, 3, 12, 16];

    private readonly ILookup<PairKey, KeyValuePair<Key3<PairKey, TextKey, NumberKey>, SmbCallFacts>> _calls
        = state.Calls.Entries.Where(entry => entry.Key.Second.Text.Length == 0).ToLookup(entry => entry.Key.First);

    /// <summary>Tells whether a client copies a directory.</summary>
    public bool IsReplication(PairKey pair) => _calls[pair].Select(entry => (int)entry.Key.Third.Value).Order().SequenceEqual(s_replication);

    /// <summary>Tells whether a client drives automation objects: of objects only these are called, names looked up and then invoked.</summary>
    public bool IsDispatch(PairKey pair)
    {
        int[] operations = [.. _calls[pair].Where(entry => entry.Value.OnObjects.Value > 0).Select(entry => (int)entry.Key.Third.Value)];
        return operations.Contains(GetIdsOfNames) && operations.Contains(Invoke) && operations.All(operation => operation is >= FirstOfDispatch and <= Invoke);
    }

    /// <summary>Finds the interface of calls whose bind was not captured; null if it cannot be told.</summary>
    public string? Find(PairKey pair, SmbCallFacts calls)
        => IsReplication(pair) ? DceRpcInterfaces.DirectoryReplication
            : calls.OnObjects.Value == calls.Frames.Total && IsDispatch(pair) ? DceRpcInterfaces.Dispatch
            : null;
}
