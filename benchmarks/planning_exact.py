"""stub"""
def compare_exactly(n, *, seed=0):
    return None
