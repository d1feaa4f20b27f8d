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
    public async Task<IReadOnlyList<ConnectionFinding>> CheckAsync(Caller caller, CancellationToken cancellationToken) =>
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
            Structured = ToolSchema.Write(writer =>
            {
                writer.WriteStartArray("backends");
                foreach (var finding in findings)
                {
                    finding.Write(writer);
                }

                writer.WriteEndArray();
            }),
            IsError = findings.All(static finding => finding.Problem is not null),
        };
    }

    private async Task<ConnectionFinding> CheckAsync(Backend backend, Caller caller, CancellationToken cancellationToken)
    {
        await surroundings.Catalog.SettledAsync(backend.Name, cancellationToken);
        var started = time.GetTimestamp();
        var state = await backend.ProbeAsync(cancellationToken);
        var latency = time.GetElapsedTime(started);
        var catalog = surroundings.Catalog.Current.Find(backend.Name);
        var finding = new ConnectionFinding(backend.Name, backend.Kind.Title, backend.Options.Http.Address.Host == PlatformUrls.None.First.Host ? "" : surroundings.Scrub(backend.Options.Http.Address.ToString().TrimEnd('/')))
        {
            Server = backend.Kind.Words.Server,
            Latency = backend.Kind.Switch is null ? null : latency,
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
            : backend.Kind.Identity is { } identity
                ? await IdentifyAsync(backend, identity, caller, finding, cancellationToken)
                : await AskHealthAsync(backend, caller, finding, cancellationToken);
    }

    private async Task<ConnectionFinding> IdentifyAsync(Backend backend, IdentityRules identity, Caller caller, ConnectionFinding finding, CancellationToken cancellationToken)
    {
        var operation = surroundings.Shown(surroundings.Catalog.Current, backend.Name)
            .FirstOrDefault(candidate => candidate.Name == identity.Operation);
        if (operation is null)
        {
            return identity.Path is null ? finding : await IdentifyByPathAsync(backend, identity, finding, cancellationToken);
        }

        var started = time.GetTimestamp();
        var outcome = await RunAsync(backend, operation, identity.Arguments, caller, cancellationToken);
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

    // The settings may have left the operation out.
    private async Task<ConnectionFinding> IdentifyByPathAsync(Backend backend, IdentityRules identity, ConnectionFinding finding, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var (value, problem) = await backend.ReadIdentityAsync(identity.Path!, cancellationToken);
        return problem is null
            ? finding with { User = CleanText.Line(identity.Describe(value, backend.Options.Credential.Holder)), Latency = time.GetElapsedTime(started) }
            : finding with { Problem = Words(problem) };
    }

    // A kind that knows nobody's name: its own idea of health, else whether anything answers there at all.
    private async Task<ConnectionFinding> AskHealthAsync(Backend backend, Caller caller, ConnectionFinding finding, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (surroundings.Shown(surroundings.Catalog.Current, backend.Name).FirstOrDefault(static candidate => candidate.Rules?.Health is not null) is not { } health)
        {
            var silence = await backend.TouchAsync(cancellationToken);
            return finding with { Latency = time.GetElapsedTime(started), Problem = silence is null ? null : Words(silence), OnlyTouched = true };
        }

        var outcome = await RunAsync(backend, health, JsonElement.Parse("{}"), caller, cancellationToken);
        var problem = outcome switch
        {
            Outcome.Done { Value.ValueKind: JsonValueKind.Object } done => done.Value.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True
                ? null
                : done.Value.TryGetProperty("error", out var error) ? error.ToString() : "it does not say that it is well.",
            Outcome.Failed failed => failed.Detail,
            _ => "its health could not be asked.",
        };
        return finding with { Latency = time.GetElapsedTime(started), Problem = problem is null ? null : Words(problem) };
    }

    private Task<Outcome> RunAsync(Backend backend, Operation operation, JsonElement arguments, Caller caller, CancellationToken cancellationToken) => surroundings.Pipeline.RunAsync(
        new Call
        {
            Backend = backend.Name,
            Operation = operation,
            Caller = caller,
            Arguments = arguments,
            Tool = Tool.Name,
        },
        cancellationToken);

    // What a platform says of an error is its own text.
    private string Words(string problem) => CleanText.Line(SecretPatterns.Hide(surroundings.Scrub(problem)), LongestProblem);
}
