using Hypergate.Simulator.Answers;
using Hypergate.Simulator.XenOrchestra.Operations;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>Who answers which operation: some by name, the rest by their kind.</summary>
internal sealed class EndpointTable
{
    private readonly IReadOnlyDictionary<string, OperationRule> _rules;
    private readonly Dictionary<string, Func<XoRequest, Task>> _byName;
    private readonly Lists _lists;
    private readonly Singles _singles;
    private readonly Tags _tags;
    private readonly Writes _writes;
    private readonly TaskRoutes _tasks;

    public EndpointTable(Engine engine, PublicRoutes publicRoutes)
    {
        var world = engine.World;
        _rules = Operations.Rules.OperationRules.All;
        (_lists, _singles, _tags) = (new Lists(world), new Singles(world), new Tags(world));
        _writes = new Writes(world, engine.Board, engine.Actions);
        _tasks = new TaskRoutes(world, engine.Board, engine.Options);
        var events = new EventStreams(world, engine.Hub, engine.Options);
        var tokens = new Tokens(world);
        _byName = new Dictionary<string, Func<XoRequest, Task>>(StringComparer.Ordinal)
        {
            ["GET /ping"] = request => publicRoutes.PingAsync(request.Http),
            ["GET /gui-routes"] = request => PublicRoutes.GuiRoutesAsync(request.Http),
            ["GET /mcp/status"] = request => PublicRoutes.McpStatusAsync(request.Http),
            ["GET /docs/swagger.json"] = request => publicRoutes.DescriptionAsync(request.Http),
            ["GET /tasks"] = request => request.Is("watch") ? _tasks.WatchAsync(request) : _lists.AnswerAsync(request),
            ["GET /tasks/{id}"] = TaskAsync,
            ["POST /tasks/{id}/actions/abort"] = AbortAsync,
            ["DELETE /tasks/{id}"] = _tasks.DeleteAsync,
            ["DELETE /tasks"] = _tasks.DeleteAllAsync,
            ["GET /events"] = events.OpenAsync,
            ["POST /events/{id}/subscriptions"] = events.SubscribeAsync,
            ["DELETE /events/{id}/subscriptions/{subscriptionId}"] = events.UnsubscribeAsync,
            ["GET /users/{id}/authentication_tokens"] = OwnTokensAsync,
            ["POST /users/{id}/authentication_tokens"] = tokens.CreateAsync,
            ["POST /users/authentication_tokens"] = tokens.CreateAsync,
        };
    }

    public Task AnswerAsync(XoRequest request) => request.Operation switch
    {
        var operation when _byName.TryGetValue(operation.Id, out var named) => named(request),
        _ when DeprecatedPaths.TargetOf(request) is { } target => Answer.RedirectAsync(request.Http, 308, target),
        var operation when _rules.TryGetValue(operation.Id, out var rule) => _writes.AnswerAsync(request, rule),
        { Method: "GET" } operation when Exports.Serves(operation.Template) => Exports.AnswerAsync(request),
        { Segments: [.., "tags", "{tag}"] } => _tags.AnswerAsync(request),
        { IsList: true } => _lists.AnswerAsync(request),
        { Method: "GET", Segments: [.., "{id}"] } => _singles.AnswerAsync(request),
        var operation => throw new XoError(501, $"not simulated: {operation.Id}"),
    };

    private async Task TaskAsync(XoRequest request)
    {
        await _tasks.WaitAsync(request);
        await _singles.AnswerAsync(request);
    }

    private Task AbortAsync(XoRequest request)
    {
        _tasks.CheckIsPending(request);
        return _writes.AnswerAsync(request, _tasks.Abort);
    }

    private Task OwnTokensAsync(XoRequest request)
    {
        Tokens.CheckIsOwn(request, "list authentication tokens", "can only see your own tokens");
        return _lists.AnswerAsync(request);
    }
}
