using System.Globalization;
using System.Text;
using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Results.Secrets;
using Hypergate.Results.Text;

namespace Hypergate.Tools.Utility;

/// <summary><c>check_connection</c>: for each backend whether it answers, which version, who we are there, what we may, how fast.</summary>
internal sealed class CheckConnectionTool(ToolSurroundings surroundings, TimeProvider time)
{
    private const int LongestVersion = 60;
    private const int LongestProblem = 1_000;

    public ToolDefinition Tool => new()
    {
        Name = "check_connection",
        Title = "Check the connection",
        Description = "Whether each backend answers; its version, our identity, rights and latency there.",
        InputSchema = ToolSchema.Closed(static _ => { }),
        OutputSchema = ToolSchema.Open(static writer => ToolSchema.Property(writer, "backends", "array")),
        Hints = ToolHints.Reading,
        Run = RunAsync,
    };

    /// <summary>Looks at every backend, side by side.</summary>
    public async Task<IReadOnlyList<Finding>> CheckAsync(Caller caller, CancellationToken cancellationToken) =>
        await Task.WhenAll(surroundings.Backends.Select(backend => CheckAsync(backend, caller, cancellationToken)));

    private async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (UtilityArguments.Unexpected(request.Arguments, Tool) is { } fault)
        {
            return fault;
        }

        var findings = await CheckAsync(request.Caller, cancellationToken);
        return new ToolResult(surroundings.Scrub(string.Join("\n\n", findings.Select(static finding => finding.Text))))
        {
            Structured = ToolSchema.Write(writer => Write(writer, findings)),
            IsError = findings.All(static finding => finding.Problem is not null),
        };
    }

    private async Task<Finding> CheckAsync(Backend backend, Caller caller, CancellationToken cancellationToken)
    {
        await surroundings.Catalog.SettledAsync(backend.Name, cancellationToken);
        var started = time.GetTimestamp();
        var state = await backend.ProbeAsync(cancellationToken);
        var latency = time.GetElapsedTime(started);
        var catalog = surroundings.Catalog.Current.Find(backend.Name);
        var finding = new Finding(backend.Name, backend.Kind.Title, backend.Kind.Words.Server, surroundings.Scrub(backend.Options.Http.Address.ToString().TrimEnd('/')), latency)
        {
            Version = catalog?.Version is { } version ? CleanText.Line(version, LongestVersion) : null,
            VersionLabel = backend.Kind.Version is null ? "REST API " : "",
            Operations = surroundings.Shown(surroundings.Catalog.Current, backend.Name).Count(),
            Warnings = [.. backend.Options.Http.Warnings().Select(Words)],
            ReadOnly = !surroundings.Shown(surroundings.Catalog.Current, backend.Name).Any(static operation => operation.Changes),
        };
        if (state.Health is BackendHealth.Disabled or BackendHealth.Down && state.Problem is { } problem)
        {
            return finding with { Problem = Words(problem) };
        }

        return catalog is null
            ? finding with { Problem = Words(backend.State.Problem ?? "its operations are not known yet; try again in a moment.") }
            : await IdentifyAsync(backend, caller, finding, cancellationToken);
    }

    private async Task<Finding> IdentifyAsync(Backend backend, Caller caller, Finding finding, CancellationToken cancellationToken)
    {
        var operation = surroundings.Shown(surroundings.Catalog.Current, backend.Name)
            .FirstOrDefault(candidate => candidate.Name == backend.Kind.Identity?.Operation);
        if (operation is null)
        {
            return finding;
        }

        var identity = backend.Kind.Identity!;
        var started = time.GetTimestamp();
        var outcome = await surroundings.Pipeline.RunAsync(
            new Call
            {
                Backend = backend.Name,
                Operation = operation,
                Caller = caller,
                Arguments = identity.Arguments,
                Tool = Tool.Name,
            },
            cancellationToken);
        return outcome switch
        {
            Outcome.Done { Value.ValueKind: JsonValueKind.Object } done => finding with
            {
                User = CleanText.Line(identity.Describe(done.Value, backend.Options.Credential.Holder)),
                Latency = time.GetElapsedTime(started),
            },
            Outcome.Failed failed => finding with { Problem = failed.Detail },
            _ => finding,
        };
    }

    // What a platform says of an error is its own text.
    private string Words(string problem) => CleanText.Line(SecretPatterns.Hide(surroundings.Scrub(problem)), LongestProblem);

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Finding> findings)
    {
        writer.WriteStartArray("backends");
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("backend", finding.Backend);
            writer.WriteBoolean("reachable", finding.Problem is null);
            writer.WriteString("url", finding.Url);
            writer.WriteNumber("latency_ms", Math.Round(finding.Latency.TotalMilliseconds, 1));
            writer.WriteNumber("operations", finding.Operations);
            writer.WriteBoolean("read_only", finding.ReadOnly);
            Optional(writer, "version", finding.Version);
            Optional(writer, "user", finding.User);
            Optional(writer, "problem", finding.Problem);
            Optional(writer, "warning", finding.Warnings.Count == 0 ? null : string.Join(' ', finding.Warnings));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>What was found out about one backend.</summary>
    internal sealed record Finding(string Backend, string Platform, string Server, string Url, TimeSpan Latency)
    {
        public string? Version { get; init; }

        /// <summary>What the version is of; empty for the platform itself.</summary>
        public string VersionLabel { get; init; } = "";

        public string? User { get; init; }

        public int Operations { get; init; }

        public bool ReadOnly { get; init; }

        public string? Problem { get; init; }

        /// <summary>What makes the connection unsafe.</summary>
        public IReadOnlyList<string> Warnings { get; init; } = [];

        public string Text
        {
            get
            {
                var warnings = string.Concat(Warnings.Select(static warning => $"\nWarning: {warning}"));
                if (Problem is not null)
                {
                    return $"Connection test failed: {Problem}\nBackend: {Backend} ({Platform} at {Url}){warnings}";
                }

                var text = new StringBuilder($"Connection to {Server} successful.");
                text.Append(CultureInfo.InvariantCulture, $"\nBackend: {Backend} ({Platform} at {Url})");
                text.Append(CultureInfo.InvariantCulture, $"\nVersion: {VersionLabel}{Version}\nUser: {User ?? "unknown"}");
                text.Append(CultureInfo.InvariantCulture, $"\nOperations: {Operations}{(ReadOnly ? ", read only" : ", changes enabled")}\nLatency: {Latency.TotalMilliseconds:0.0} ms");
                return text.Append(warnings).ToString();
            }
        }
    }
}
