using System.Collections.Concurrent;
using System.Text.Json;
using Hypergate.Catalog;
using Hypergate.Governance.Confirmation;
using Hypergate.Model;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>Finds the operation that a script names and sends its call through the pipeline, with consent where it is needed.</summary>
internal sealed class CallSender(CodeRoom room, CodeRun run)
{
    private const string ToolName = "execute_code";
    private const int LongestResult = 120;

    private readonly OperationLookup _lookup = new(room.Surroundings);
    private readonly CallConsent _consent = new(room, run);
    private readonly List<string> _planned = [];
    private readonly ConcurrentDictionary<string, (CatalogSnapshot Catalog, OperationFinding Finding)> _found = new(StringComparer.Ordinal);

    /// <summary>The changes that a preview planned, in their order, each as a hash.</summary>
    public IReadOnlyList<string> Planned => _planned;

    /// <summary>Writes a call down before anything is done about it.</summary>
    public CallEntry Enter(int number, ScriptCall call) => Find(call.Path) is OperationFinding.Found found
        ? new(number, $"{ScriptNames.Of(found.Backend)}.{ScriptNames.Of(found.Operation)}", call.Line) { Backend = ScriptNames.Of(found.Backend), Changes = found.Operation.Changes }
        : new(number, string.Join('.', call.Path).TrimStart('@'), call.Line) { Backend = BackendOf(call.Path) is { } backend ? ScriptNames.Of(backend) : null };

    public async Task<CodeReply> SendAsync(CallEntry entry, ScriptCall line, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (Find(line.Path) is not OperationFinding.Found found)
        {
            return await MissingAsync(line, arguments);
        }

        var (call, wish, fault) = new ScriptArguments(found.Operation).Read(RegistryArguments.Of(arguments, found.Operation, found.Registry));
        if (fault is not null)
        {
            return new("", new("invalid_input", fault));
        }

        var whole = call with { Backend = found.Backend, Caller = run.Request.Caller, Tool = ToolName, Parent = run.Id, Conversation = new(run.Report, null) };
        entry.Arguments = whole.Arguments;
        var outcome = await RunAsync(whole, entry, cancellationToken);
        return Reply(whole, new ScriptValue(room.Surroundings, room.Limits) { NamesJobById = found.Registry is not null }, wish, entry, outcome);
    }

    private async Task<Outcome> RunAsync(Call call, CallEntry entry, CancellationToken cancellationToken)
    {
        if (!call.Operation.Changes)
        {
            return await room.Surroundings.Pipeline.RunAsync(call, cancellationToken);
        }

        if (!run.Request.IsPreview)
        {
            return await _consent.RunAsync(call, entry, cancellationToken);
        }

        var outcome = await room.Surroundings.Pipeline.RunAsync(call with { DryRun = true }, cancellationToken);
        if (outcome is Outcome.Unconfirmed)
        {
            (entry.End, entry.Planned) = (CallEnd.Planned, (room.AccessOf(call), room.NeedsConsent(call)));
            lock (_planned)
            {
                _planned.Add(ConsentBinding.Of(call));
            }
        }

        return outcome;
    }

    private CodeReply Reply(Call call, ScriptValue value, AnswerWish wish, CallEntry entry, Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.Done done:
                (entry.Word, entry.Bytes, entry.Notices) = (done.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), done.Bytes, done.Warnings);
                var reply = value.Of(call, wish, done);
                entry.Result = !call.Operation.Changes ? "" : done.Job is { } job ? $"task {job.Id} {job.State.ToString().ToLowerInvariant()}" : reply.Json is "null" ? "" : Short(reply.Json);
                entry.Undo = call.Operation.Changes ? UndoOperation.NameOf(room.Surroundings, call.Backend, call.Operation, call.Arguments) : null;
                return reply;
            case Outcome.Unconfirmed when run.Request.IsPreview:
                return new("""{"preview":true}""", null);
            case Outcome.Unconfirmed:
                return new("", new("refused", "It needs consent, which cannot be asked for here.") { RefusedBy = "confirmation" });
            case Outcome.Refused refused:
                return new("", CallErrors.Of(refused, isDeclined: _consent.IsDeclined(call)) with { Candidates = refused.Policy == "arguments" ? ArgumentNames.Meant(call) : [] });
            case Outcome.Failed failed:
                entry.End = call.Operation.Changes && failed.Status is null ? CallEnd.Uncertain : entry.End;
                return new("", CallErrors.Of(failed, call.Operation.Changes));
            default:
                throw new InvalidOperationException($"Unknown outcome {outcome}.");
        }
    }

    // A script names the same few operations again and again.
    private OperationFinding Find(IReadOnlyList<string> path)
    {
        var (catalog, name) = (room.Surroundings.Catalog.Current, string.Join('\n', path));
        if (_found.TryGetValue(name, out var known) && known.Catalog == catalog)
        {
            return known.Finding;
        }

        var finding = Look(path);
        _found[name] = (catalog, finding);
        return finding;
    }

    private OperationFinding Look(IReadOnlyList<string> path)
    {
        var (backend, name) = NameIn(path);
        return backend is null && run.Request.Backend is { } standard && _lookup.Find(name, standard) is OperationFinding.Found found ? found : _lookup.Find(name, backend);
    }

    private async Task<CodeReply> MissingAsync(ScriptCall line, JsonElement arguments)
    {
        if (line.Path is ["list_tools" or "discover_tools" or "execute_code" or "read_result"])
        {
            return new("", new("unknown_operation", "This is a separate tool; call it outside the script. Inside, use hypergate.search()."));
        }

        var missing = (OperationFinding.Missing)Find(line.Path);
        var (backend, name) = NameIn(line.Path);
        await room.Surroundings.MissAsync(missing, new MissedCall(run.Request.Caller, ToolName, backend, name, arguments) { Parent = run.Id });
        return new("", new MissingName(room, run.Request.Backend).Tell(line.Path, missing));
    }

    private (string? Backend, string Name) NameIn(IReadOnlyList<string> path) =>
        BackendOf(path) is { } backend ? (backend, string.Join('_', path.Skip(1))) : (null, string.Join('.', path));

    private string? BackendOf(IReadOnlyList<string> path) =>
        path.Count > 1 ? room.Surroundings.BackendCalled(path[0]) : null;

    private static string Short(string text) => text.Length <= LongestResult ? text : $"{text[..LongestResult]}…";
}
