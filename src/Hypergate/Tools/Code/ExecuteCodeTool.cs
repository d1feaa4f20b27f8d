using Hypergate.Tools.Utility;

namespace Hypergate.Tools.Code;

/// <summary><c>execute_code</c>: runs a script whose calls take the ordinary way of every call.</summary>
internal sealed class ExecuteCodeTool(CodeRoom room)
{
    public const string Name = "execute_code";

    private readonly RunAttendance _attendance = new(room);

    /// <param name="changes">Whether there is an operation that changes something.</param>
    public ToolDefinition Define(bool changes) => new()
    {
        Name = Name,
        Title = "Run a script",
        Description = Text(changes),
        InputSchema = ToolSchema.Closed(writer => ExecuteCodeArguments.Write(writer, room, changes)),
        OutputSchema = CodeTool.AnyObject,
        Hints = changes ? new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: false) : ToolHints.Reading,
        Run = RunAsync,
    };

    private string Text(bool changes)
    {
        var backends = string.Join('\n', room.Surroundings.Backends.GroupBy(backend => BackendTitle.Of(backend, room.Surroundings.Catalog.Current), StringComparer.Ordinal)
            .Select(static kind => $"{string.Join(", ", kind.Select(static backend => ScriptNames.Of(backend.Name)))}: {kind.Key}"));
        return $$"""
            Runs JavaScript that calls operations of these backends; call {{ListToolsTool.Name}} first for exact names and arguments.
            {{backends}}
            const all = await api.{{ScriptNames.Of(room.Surroundings.Backends[0].Name)}}.OPERATION({ name: value })
            const some = all.filter(one => one.name === args.wanted)
            console.log(all.length)
            return some.map(one => one.id)
            return gives the result: JSON only, short. Failed calls throw ToolError (code, message). No network, files or timers.
            """ + (changes ? " A change pauses the run until the person agrees; preview plans the changes only." : "");
    }

    private async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        var given = CodeTool.Named(request.Arguments, room, out var unknown);
        if (unknown is not null)
        {
            return ToolResult.Error($"{Name}: {unknown}");
        }

        if (UtilityArguments.Unexpected(given, Define(changes: true)) is { } fault)
        {
            return fault;
        }

        var arguments = new ExecuteCodeArguments(given);
        var resumption = new RunResumption(room, request, arguments);
        var (run, problem) = resumption.IsWanted
            ? await resumption.ResumeAsync(cancellationToken)
            : await new RunStart(room, request, arguments).StartAsync(cancellationToken);
        return problem ?? await _attendance.AttendAsync(request, run!, arguments.Format, cancellationToken);
    }
}
