using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Pcapper.Engine;

/// <summary>
/// Asks the processor to fetch flows that are about to end, without waiting for each: nobody has looked at them for a minute of the
/// capture, so they have to come from memory. Changes nothing but the time that is taken; a processor without such an instruction does
/// without. The only unsafe code of the engine: addresses are handed to an instruction that may be given any, and are not kept.
/// </summary>
internal static unsafe class Prefetch
{
    /// <summary>How many flows are fetched at a time.</summary>
    public const int Flows = 32;

    private const int Line = 64;

    /// <summary>Fetches an object of about five lines of memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Object(object item)
    {
        if (Sse.IsSupported)
        {
            byte* at = *(byte**)Unsafe.AsPointer(ref item);
            Sse.Prefetch0(at);
            Sse.Prefetch0(at + Line);
            Sse.Prefetch0(at + (2 * Line));
            Sse.Prefetch0(at + (3 * Line));
            Sse.Prefetch0(at + (4 * Line));
        }
    }

    /// <summary>Fetches what the end of these flows needs.</summary>
    public static void Ends(ReadOnlySpan<Flow> flows)
    {
        foreach (Flow flow in flows)
        {
            Object(flow);
        }

        foreach (Flow flow in flows)
        {
            if (flow.Tcp is TcpConnection tcp)
            {
                Object(tcp);
            }
        }
    }
}
