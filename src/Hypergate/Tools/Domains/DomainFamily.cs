using Hypergate.Backends;
using Hypergate.Model;

namespace Hypergate.Tools.Domains;

/// <summary>What comes together for one tool while the operations of all backends are gone through.</summary>
/// <param name="name">Of the tool.</param>
/// <param name="kind">Of the first backend that has any of it.</param>
/// <param name="first">The first of its operations; it tells the domain, and whether they change something.</param>
internal sealed class DomainFamily(string name, BackendKind kind, Operation first)
{
    private readonly HashSet<string> _backends = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<Operation> _operations = [];

    public BackendKind Kind => kind;

    /// <summary>Takes in an operation; what another backend has under the same name is the same.</summary>
    public void Add(Backend backend, Operation operation)
    {
        _backends.Add(backend.Name);
        if (_names.Add(operation.Name))
        {
            _operations.Add(operation);
        }
    }

    public bool IsOf(Backend backend) => _backends.Contains(backend.Name);

    /// <param name="backends">That the tool can be asked about.</param>
    public DomainTool ToTool(IReadOnlyList<string> backends) => new(name, kind.Title, first.Domain, first.Changes, backends, _operations);
}
