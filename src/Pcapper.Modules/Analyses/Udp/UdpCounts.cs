namespace Pcapper.Modules.Analyses.Udp;

/// <summary>Indexes of what is summed over flows.</summary>
internal static class UdpCounts
{
    public const int Flows = 0;
    public const int Unanswered = 1;
    public const int PacketsOut = 2;
    public const int PacketsBack = 3;
    public const int BytesOut = 4;
    public const int BytesBack = 5;
    public const int Count = 6;
}
