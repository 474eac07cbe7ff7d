using System.Globalization;
using System.Text;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Indicators as comma-separated values (RFC 4180: CRLF, quotes doubled). Nothing in it is a formula to a spreadsheet.</summary>
public sealed class IocCsvWriter : IIocWriter
{
    private const string Header = "type,value,indicator,severity,confidence,first_seen,last_seen,count,seen_in,hosts,findings,frames,md5,sha1,file_name";

    /// <inheritdoc/>
    public string Extension => "csv";

    /// <inheritdoc/>
    public string Mark => Header;

    /// <inheritdoc/>
    public void Write(IocReport report, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine(Header);
        foreach (Observable o in report.Shared)
        {
            writer.WriteLine(string.Join(',', ((string?[])[
                o.Type, o.Value, o.IsIndicator ? "yes" : "no", o.Severity?.ToString().ToLowerInvariant(), o.Confidence?.ToString(CultureInfo.InvariantCulture),
                o.First is { } first ? IocText.Time(first, 6) : null, o.Last is { } last ? IocText.Time(last, 6) : null, o.Count.ToString(CultureInfo.InvariantCulture),
                string.Join("; ", o.Places), string.Join("; ", o.Hosts), string.Join("; ", o.Findings.Select(f => $"{f.Id} {f.Type.Id}".TrimStart())),
                string.Join("; ", o.Frames.Select(f => f.Number.ToString(CultureInfo.InvariantCulture))), o.Md5, o.Sha1, o.Name,
            ]).Select(Cell)));
        }
    }

    // OWASP's list of what begins a formula, also behind blanks; an apostrophe makes it text.
    private static string Cell(string? text)
    {
        string cell = Printable.From(text, Limits.Text);
        cell = cell.TrimStart() is ['=' or '+' or '-' or '@' or '\t' or '\r' or '|' or '%', ..] ? "'" + cell : cell;
        return cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }
}
