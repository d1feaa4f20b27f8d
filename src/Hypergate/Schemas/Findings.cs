namespace Hypergate.Schemas;

/// <summary>Collects findings up to a number.</summary>
internal sealed class Findings(int most)
{
    private readonly List<Finding> _list = [];

    public IReadOnlyList<Finding> List => _list;

    public int Most => most;

    public bool Full => _list.Count >= most;

    public void Add(Finding finding)
    {
        if (!Full)
        {
            _list.Add(finding);
        }
    }

    public void AddRange(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            Add(finding);
        }
    }
}
