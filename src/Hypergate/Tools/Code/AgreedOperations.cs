using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>The operations of a run all of whose calls a person has agreed to at once. Never across operations or backends, and each for a limited number of calls.</summary>
internal sealed class AgreedOperations
{
    /// <summary>How many calls of an operation one answer is for, the first among them.</summary>
    public const int Most = 20;

    private readonly Dictionary<(string Backend, string Operation), (string Way, int Left)> _agreed = [];

    /// <summary>A person has agreed to this call and to the next ones of its operation.</summary>
    public void Add(Call call, string way) => _agreed[Key(call)] = (way, Most - 1);

    /// <summary>Takes one of the calls that were agreed to.</summary>
    /// <returns>How the person was asked; null where nobody has agreed to this one.</returns>
    public string? Take(Call call)
    {
        if (!_agreed.TryGetValue(Key(call), out var agreed) || agreed.Left == 0)
        {
            return null;
        }

        _agreed[Key(call)] = agreed with { Left = agreed.Left - 1 };
        return $"{agreed.Way}, for all calls of the operation";
    }

    private static (string, string) Key(Call call) => (call.Backend, call.Operation.Name);
}
