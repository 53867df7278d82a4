"""账: the workers' innovation bank (职工创新银行): ledger, incentive policies, redemption."""
