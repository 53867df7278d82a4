"""果: results (创新成果) and their certified benefits (经济效益)."""
