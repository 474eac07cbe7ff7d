using Pcapper;
using Pcapper.Commands;
using Pcapper.Engine;
using Pcapper.Modules;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

var catalog = new Catalog();
var line = new CommandLine(catalog);
try
{
    System.CommandLine.ParseResult arguments = line.Root.Parse(args);
    if (arguments.GetValue(line.Help) || args.Length == 0)
    {
        Console.Out.Write(HelpText.Write(line));
        return args.Length == 0 ? ExitCode.Usage : ExitCode.Fine;
    }

    if (arguments.GetValue(line.Version))
    {
        Console.Out.WriteLine($"pcapper {VersionText.Current}");
        return ExitCode.Fine;
    }

    if (arguments.Errors.Count > 0)
    {
        throw new PcapperException(arguments.Errors[0].Message.TrimEnd('.') + " (--help shows all options)", ExitCode.Usage);
    }

    if ((arguments.GetValue(line.Targets) ?? []).Length == 0)
    {
        throw new PcapperException("no capture given (--help shows how)", ExitCode.Usage);
    }

    return new AnalyzeCommand(line, catalog).Execute(arguments, args, stop.Token);
}
catch (PcapperException e)
{
    Console.Error.WriteLine("pcapper: " + Printable.From(e.Message));
    return e.ExitCode;
}
