namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>The operations that do something, by <c>METHOD /path</c>; the others of the route table answer 501.</summary>
internal sealed class HandlerTable
{
    private readonly Dictionary<string, Handler> _handlers = [];

    public Handler? Find(string key) => _handlers.GetValueOrDefault(key);

    public IReadOnlyCollection<string> Keys => _handlers.Keys;

    public void Add(string key, Handler handler) => _handlers.Add(key, handler);
}
