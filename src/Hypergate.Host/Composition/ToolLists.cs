using System.Collections.Concurrent;
using Hypergate.Governance.Authorization;
using Hypergate.Tools;

namespace Hypergate.Host.Composition;

/// <summary>The tools in force for each audience that has asked. They outlive what they are built from.</summary>
internal sealed class ToolLists
{
    // Guards the build together with what was built, so that no list misses a change.
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Audience, ToolList> _lists = new();
    private Func<Audience, IReadOnlyList<ToolDefinition>> _build = static _ => [];
    private bool _isReady;

    public ToolList For(Audience audience) => _lists.TryGetValue(audience, out var list) ? list : Add(audience);

    /// <summary>Builds every list anew; lists that come later are built the same way.</summary>
    public void Refresh(Func<Audience, IReadOnlyList<ToolDefinition>> build)
    {
        lock (_lock)
        {
            _build = build;
            foreach (var (audience, list) in _lists)
            {
                list.Replace(build(audience));
            }
        }
    }

    /// <summary>Nothing more is expected soon.</summary>
    public void MarkReady()
    {
        lock (_lock)
        {
            _isReady = true;
            foreach (var list in _lists.Values)
            {
                list.MarkReady();
            }
        }
    }

    private ToolList Add(Audience audience)
    {
        lock (_lock)
        {
            if (_lists.TryGetValue(audience, out var known))
            {
                return known;
            }

            var list = new ToolList();
            list.Replace(_build(audience));
            if (_isReady)
            {
                list.MarkReady();
            }

            return _lists[audience] = list;
        }
    }
}
