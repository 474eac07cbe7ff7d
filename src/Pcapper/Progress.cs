using System.Diagnostics;
using System.Globalization;
using Pcapper.Engine;

namespace Pcapper;

/// <summary>One line on the terminal's stderr: how far, how fast, how long yet. Silent where stderr is no terminal.</summary>
internal sealed class Progress(IReadOnlyList<CaptureSource> captures, bool isOn)
{
    private static readonly long s_interval = Stopwatch.Frequency / 5;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly long _total = captures.All(c => c.Length > 0) ? captures.Sum(c => c.Length) : 0;
    private long _shown;
    private int _width;

    /// <summary>Gets a value indicating whether anything is shown.</summary>
    public bool IsOn { get; } = isOn && !Console.IsErrorRedirected;

    /// <summary>Takes how far the first worker is.</summary>
    public void Report(long capture, long position)
    {
        long now = Stopwatch.GetTimestamp();
        if (!IsOn || now - _shown < s_interval)
        {
            return;
        }

        _shown = now;
        long done = position;
        for (int i = 0; i < capture; i++)
        {
            done += captures[i].Length;
        }

        double seconds = (now - _start) / (double)Stopwatch.Frequency;
        double rate = done / Math.Max(seconds, 0.001);
        string line = string.Create(CultureInfo.InvariantCulture, $"{Units.Bytes(done)}  {Units.Bytes((long)rate)}/s");
        if (_total > 0)
        {
            double left = Math.Max(0, _total - done) / Math.Max(rate, 1);
            line = string.Create(CultureInfo.InvariantCulture, $"{100.0 * done / _total:F0} %  {line}  {left:F0} s left");
        }

        Write(line);
    }

    /// <summary>Removes the line.</summary>
    public void Clear()
    {
        if (IsOn && _width > 0)
        {
            Write("");
            Console.Error.Write('\r');
        }
    }

    private void Write(string line)
    {
        Console.Error.Write("\r" + line.PadRight(_width));
        _width = line.Length;
    }
}
