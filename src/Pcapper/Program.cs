using System.CommandLine;
using Pcapper;
using Pcapper.Commands;
using Pcapper.Engine;
using Pcapper.Modules;

using var stop = new CancellationTokenSource();
var catalog = new Catalog();
var line = new CommandLine(catalog);
try
{
    StandardOutput.Check();
    Console.CancelKeyPress += (_, e) =>
    {
        e.Cancel = true;
        stop.Cancel();
    };
    if (args is ["detections", ..] && !Path.Exists(args[0]))
    {
        return DetectionsCommand.Execute(args.AsSpan(1), catalog);
    }

    System.CommandLine.ParseResult arguments = line.Root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    if (arguments.GetValue(line.Help) || args.Length == 0)
    {
        StandardOutput.Write(HelpText.Write(line));
        return args.Length == 0 ? ExitCode.Usage : ExitCode.Fine;
    }

    if (arguments.GetValue(line.Version))
    {
        StandardOutput.Write($"pcapper {VersionText.Current}\n");
        return ExitCode.Fine;
    }

    if (arguments.Errors.Count > 0)
    {
        throw new PcapperException(arguments.Errors[0].Message.TrimEnd('.') + " (--help shows all options)", ExitCode.Usage);
    }

    if (line.MissingValue(arguments) is { } missing)
    {
        throw new PcapperException(missing, ExitCode.Usage);
    }

    if ((arguments.GetValue(line.Targets) ?? []).Length == 0)
    {
        throw new PcapperException("no capture given (--help shows how)", ExitCode.Usage);
    }

    return new AnalyzeCommand(line, catalog).Execute(arguments, args, stop.Token);
}
catch (PcapperException e)
{
    return Failed(e.Message, e.ExitCode);
}
catch (Exception e)
{
    return Failed($"internal problem: {e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}", ExitCode.Internal);
}

static int Failed(string message, int exitCode)
{
    try
    {
        Console.Error.WriteLine("pcapper: " + Printable.From(message));
    }
    catch (IOException)
    {
        // There is nowhere left to say it: the exit code must do.
    }

    return exitCode;
}
