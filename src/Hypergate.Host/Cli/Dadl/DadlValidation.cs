using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Host.Cli.Dadl;

/// <summary><c>hypergate dadl validate</c>: every fault of files, with its place.</summary>
internal static class DadlValidation
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(IReadOnlyList<string> files, DadlValidationWish wish, DadlPrograms programs, Terminal terminal, CancellationToken cancellationToken)
    {
        var errors = 0;
        foreach (var file in files)
        {
            if (Read(file, out var problem) is not { } load)
            {
                await terminal.Error.WriteLineAsync($"{file}: {problem}");
                errors++;
                continue;
            }

            var found = load.Problems.Concat(await programs.CheckAsync(load, cancellationToken))
                .Select(problem => (Problem: problem, Severity: DadlRules.SeverityOf(problem, wish.Profile)))
                .Where(static entry => entry.Severity != DadlSeverity.None)
                .OrderBy(static entry => entry.Problem.File ?? "", StringComparer.Ordinal).ThenBy(static entry => entry.Problem.Line).ThenBy(static entry => entry.Problem.Column)
                .ToList();
            foreach (var (fault, severity) in found)
            {
                await terminal.Output.WriteLineAsync(wish.AsJson ? Json(file, fault, severity) : Text(file, fault, severity));
            }

            errors += found.Count(static entry => entry.Severity >= DadlSeverity.Error);
            if (!wish.AsJson)
            {
                await terminal.Output.WriteLineAsync(Summary(file, load, found));
            }
        }

        if (programs.Gap is { } gap)
        {
            await terminal.Error.WriteLineAsync($"jq programs and scripts were not compiled: {gap}");
        }

        return errors == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    /// <summary>Reads a file; null with the reason where it cannot be read.</summary>
    public static DadlLoad? Read(string file, out string problem)
    {
        problem = "";
        try
        {
            var path = Path.GetFullPath(file);
            if (new FileInfo(path).Length > DadlReader.LargestFile)
            {
                problem = $"has more than {DadlReader.LargestFile / 1024 / 1024} MB";
                return null;
            }

            return DadlReader.Read(File.ReadAllBytes(path), new DadlSurroundings { Folder = Path.GetDirectoryName(path), FileName = Path.GetFileName(path) });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"cannot be read: {exception.Message}";
            return null;
        }
    }

    private static string Text(string file, DadlProblem fault, DadlSeverity severity) =>
        $"{FileOf(file, fault)}:{fault.Line}:{fault.Column}: {Word(severity)} {fault.Rule} {(fault.Path.Length == 0 ? "" : $"{fault.Path}: ")}{fault.Text}";

    // Fragments lie beside the file that includes them.
    private static string FileOf(string file, DadlProblem fault) => fault.File is { } fragment ? Path.Combine(Path.GetDirectoryName(file) ?? "", fragment) : file;

    private static string Summary(string file, DadlLoad load, List<(DadlProblem Problem, DadlSeverity Severity)> found)
    {
        var errors = found.Count(static entry => entry.Severity >= DadlSeverity.Error);
        var counts = $"{errors} error{(errors == 1 ? "" : "s")}, {found.Count - errors} warning{(found.Count - errors == 1 ? "" : "s")}";
        return load.Document is { } document
            ? $"{file}: {document.Tools.Count} tools, {document.Composites.Count} composites; {counts}"
            : $"{file}: {counts}";
    }

    private static string Word(DadlSeverity severity) => severity == DadlSeverity.Warning ? "warning" : "error";

    private static string Json(string file, DadlProblem fault, DadlSeverity severity)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("file", FileOf(file, fault));
            writer.WriteNumber("line", fault.Line);
            writer.WriteNumber("column", fault.Column);
            writer.WriteString("severity", Word(severity));
            writer.WriteString("rule", fault.Rule);
            writer.WriteString("path", fault.Path);
            writer.WriteString("text", fault.Text);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}

/// <summary>What a validation is asked for.</summary>
/// <param name="Profile">For what the files are checked.</param>
/// <param name="AsJson">One JSON object a fault.</param>
internal sealed record DadlValidationWish(DadlProfile Profile, bool AsJson);
